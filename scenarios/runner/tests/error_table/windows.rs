//! 400: a window that is longer than its resolution allows.

use harness::{Verdict, expect};

use crate::refusal::{Refusal, get, world};

const TOO_LONG: Refusal =
    Refusal { status: 400, code: "window_too_long", field: Some("resolution"), says: &["a shorter window"] };

/// Resolution, its limit in days, and the finest resolution that one day more fits.
const LIMITS: [(&str, i64, Option<&str>); 6] = [
    ("1", 7, Some("5")),
    ("5", 30, Some("15")),
    ("15", 90, Some("60")),
    ("30", 90, Some("60")),
    ("60", 180, Some("D")),
    ("D", 1_830, None),
];

#[tokio::test]
async fn a_window_past_the_limit_is_refused_with_the_limit_and_the_finest_resolution_that_fits() -> Verdict {
    let mut lab = world().await?;
    let server = lab.server().await?;
    let today = lab.now().date_naive();
    for (resolution, limit, fits) in LIMITS {
        let days = |back| {
            let start = today - chrono::TimeDelta::days(back);
            format!("/api/v2/tickers/NONE/ohlc?resolution={resolution}&start_date={start}&end_date={today}")
        };
        // Past the validation, only the provider can say that there is no such ticker.
        let longest = get(&server, &days(limit)).await?;
        expect(format!("{limit} days of {resolution}"), longest.field("code")).is("unknown_ticker")?;

        let longer = get(&server, &days(limit + 1)).await?;
        TOO_LONG.judge(&format!("{} days of {resolution}", limit + 1), &longer)?;
        let advice = match fits {
            Some(finest) => format!("ask for resolution={finest}, or for a shorter window"),
            None => "ask for a shorter window".into(),
        };
        let says = format!(
            "{} days is too long for resolution={resolution}, whose limit is {limit} days: {advice}",
            limit + 1
        );
        expect("the sentence", longer.field("error"))
            .holds(format!("to say {says:?}"), |text| text.to_string().contains(&says))?;
    }
    Ok(lab.close().await?)
}
