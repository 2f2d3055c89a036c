//! 400: what is asked for is not valid. The sentence names it and a valid example; nobody is asked, nothing is lost.

use harness::observe::journal::Party;
use harness::{ADMIN_TOKEN, Verdict, expect, ohlc};

use crate::refusal::{Refusal, get, invalidate, world};

/// Requests that one refusal is for: what follows `/api/v2/tickers/`.
struct Refused {
    as_: Refusal,
    paths: &'static [&'static str],
}

const fn refused(
    code: &'static str,
    field: Option<&'static str>,
    says: &'static [&'static str],
    paths: &'static [&'static str],
) -> Refused {
    Refused { as_: Refusal { status: 400, code, field, says }, paths }
}

const TICKER: Option<&str> = Some("ticker");
const RANGE: Option<&str> = Some("range");
const RESOLUTION: Option<&str> = Some("resolution");
const START: Option<&str> = Some("start_date");
const END: Option<&str> = Some("end_date");
/// What every refusal of a date shows.
const DATES: &str = "start_date=2026-01-05&end_date=2026-02-03";

const TABLE: [Refused; 21] = [
    refused(
        "invalid_ticker",
        TICKER,
        &["ticker `", "1 to 5 letters", "AAPL or BRK.B"],
        &[
            "/ohlc",
            "GOOGLE/ohlc",
            "A1/ohlc",
            "BRK./ohlc",
            "BRK.BBB/ohlc",
            "BRK.B.C/ohlc",
            "%20AAPL/ohlc",
            "AAPL%20/ohlc",
            "AAPL%00/ohlc",
            "AAPL%0A/ohlc",
            "AAPL%23D/ohlc",
            "AAPL%3AD/ohlc",
            "AAPL%2FD/ohlc",
            "%C3%84%C3%96/ohlc",
            "ÄÖ/ohlc",
            // A long s, which upper case would make an S of; wide letters; no UTF-8 at all.
            "%C5%BFPY/ohlc",
            "%EF%BC%A1%EF%BC%A1/ohlc",
            "%FF/ohlc",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/ohlc",
        ],
    ),
    refused(
        "invalid_range",
        RANGE,
        &["not one of 1D, 1W, 1M, 3M, 6M, YTD, 1Y and 5Y", "range=1M"],
        &["AAPL/ohlc?range=2W", "AAPL/ohlc?range=1m", "AAPL/ohlc?range=%201M", "AAPL/ohlc?range=custom"],
    ),
    refused("invalid_range", RANGE, &["empty", "range=1M"], &["AAPL/ohlc?range=", "AAPL/ohlc?range"]),
    refused(
        "invalid_range",
        RANGE,
        &["more than once", "range=1M"],
        &["AAPL/ohlc?range=1M&range=1W", "AAPL/ohlc?range=1M&range=1M"],
    ),
    refused(
        "invalid_range",
        RANGE,
        &["one or the other", "range=1M"],
        &[
            "AAPL/ohlc?range=1M&start_date=2026-01-05&end_date=2026-02-03",
            "AAPL/ohlc?range=1M&start_date=2026-01-05",
            "AAPL/ohlc?range=1M&end_date=2026-02-03",
        ],
    ),
    refused(
        "invalid_resolution",
        RESOLUTION,
        &["not one of 1, 5, 15, 30, 60 and D", "resolution=D"],
        &["AAPL/ohlc?resolution=5m", "AAPL/ohlc?resolution=d", "AAPL/ohlc?resolution=1440", "AAPL/ohlc?resolution=05"],
    ),
    refused("invalid_resolution", RESOLUTION, &["empty", "resolution=D"], &["AAPL/ohlc?resolution="]),
    refused("invalid_resolution", RESOLUTION, &["more than once"], &["AAPL/ohlc?resolution=D&resolution=5"]),
    refused("invalid_date", END, &["end_date is missing", "both", DATES], &["AAPL/ohlc?start_date=2026-01-05"]),
    refused("invalid_date", START, &["start_date is missing", "both", DATES], &["AAPL/ohlc?end_date=2026-01-05"]),
    refused(
        "invalid_date",
        START,
        &["after end_date", DATES],
        &["AAPL/ohlc?start_date=2026-01-06&end_date=2026-01-05"],
    ),
    refused(
        "invalid_date",
        START,
        &["not a date of the calendar", DATES],
        &[
            "AAPL/ohlc?start_date=2025-02-29&end_date=2026-02-03",
            "AAPL/ohlc?start_date=2026-1-5&end_date=2026-02-03",
            "AAPL/ohlc?start_date=20260105&end_date=2026-02-03",
            "AAPL/ohlc?start_date=%2B026-01-05&end_date=2026-02-03",
            "AAPL/ohlc?start_date=-001-01-05&end_date=2026-02-03",
            "AAPL/ohlc?start_date=yesterday&end_date=2026-02-03",
        ],
    ),
    refused(
        "invalid_date",
        END,
        &["not a date of the calendar", DATES],
        &[
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-30",
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-13-01",
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-03T00:00:00Z",
            "AAPL/ohlc?start_date=2026-01-05&end_date=%EF%BC%92026-02-03",
        ],
    ),
    refused("invalid_date", START, &["empty", DATES], &["AAPL/ohlc?start_date=&end_date=2026-02-03"]),
    refused("invalid_date", END, &["empty", DATES], &["AAPL/ohlc?start_date=2026-01-05&end_date="]),
    refused(
        "invalid_date",
        START,
        &["more than once"],
        &["AAPL/ohlc?start_date=2026-01-05&start_date=2026-01-06&end_date=2026-02-03"],
    ),
    // It is February 4th in UTC by then, but not in New York.
    refused("future_date", END, &["2026-02-03"], &["AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-04"]),
    refused("future_date", START, &["2026-02-03"], &["AAPL/ohlc?start_date=2026-02-04&end_date=2026-02-05"]),
    refused(
        "unknown_parameter",
        None,
        &["parameter `", "range", "resolution", "start_date", "range=1M&resolution=D"],
        &[
            "AAPL/ohlc?interval=1M",
            "AAPL/ohlc?Range=1M",
            "AAPL/ohlc?=1M",
            "AAPL/ohlc?range=1M&utm_source=mail",
            "AAPL/ohlc?%FF=1",
            "AAPL/ohlc?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1",
        ],
    ),
    refused(
        "window_too_long",
        RESOLUTION,
        &["365 days", "resolution=5", "30 days", "resolution=D"],
        &["AAPL/ohlc?range=1Y&resolution=5"],
    ),
    refused(
        "window_too_long",
        RESOLUTION,
        &["30 days", "resolution=1,", "7 days", "resolution=5"],
        &["AAPL/ohlc?resolution=1"],
    ),
];

#[tokio::test]
async fn bad_requests_are_refused_with_a_valid_example_and_nothing_is_lost() -> Verdict {
    let mut lab = world().await?;
    lab.time_is("2026-02-04T02:00:00Z");
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    let before = server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    server.idle().await?;
    let stored = lab.table.items().await?;
    let calls = lab.journal.to(Party::DynamoDb).len();

    for Refused { as_, paths } in &TABLE {
        for path in *paths {
            as_.judge(path, &get(&server, &format!("/api/v2/tickers/{path}")).await?)?;
        }
    }
    expect("provider calls", lab.tiingo.calls().len()).is(1)?;
    expect("calls to DynamoDB", lab.journal.to(Party::DynamoDb).len()).is(calls)?;
    expect("the table", lab.table.items().await? == stored).is(true)?;
    let after = server.ask(ohlc("AAPL")).await?.comes_from("in-memory")?;
    expect("the candles", after.candles_text()?).is(before.candles_text()?)?;
    Ok(lab.close().await?)
}

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
        let refusal = Refusal {
            status: 400,
            code: "window_too_long",
            field: RESOLUTION,
            says: &["or for a shorter", "too long"],
        };
        let refusal =
            if fits.is_none() { Refusal { says: &[": ask for a shorter window"], ..refusal } } else { refusal };
        refusal.judge(&format!("{} days of {resolution}", limit + 1), &longer)?;
        let sentence = longer.field("error").to_string();
        let mut named = vec![format!("{} days", limit + 1), format!("limit is {limit} days")];
        named.extend(fits.map(|finer| format!("ask for resolution={finer},")));
        for words in named {
            expect("the sentence", &sentence).holds(format!("to say {words:?}"), |text| text.contains(&words))?;
        }
    }
    Ok(lab.close().await?)
}

#[tokio::test]
async fn a_ticker_in_percent_encoding_is_the_same_ticker() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("BRK-B").since("2025-12-01");
    let server = lab.server().await?;
    let plain = get(&server, "/api/v2/tickers/BRK.B/ohlc").await?.comes_from("tiingo")?;
    let encoded = get(&server, "/api/v2/tickers/%62r%4B%2E%42/ohlc").await?.comes_from("in-memory")?;
    expect("the key", encoded.cache_key()).is(plain.cache_key())?;
    Ok(lab.close().await?)
}

/// Bodies that say nothing about what to invalidate.
const BODIES: [&str; 8] = [
    "",
    "{",
    "[]",
    "null",
    "AAPL",
    r#"{"tickers": "AAPL"}"#,
    r#"{"ticker": 5}"#,
    r#"{"ticker": "AAPL", "ticker": "F"}"#,
];

#[tokio::test]
async fn a_bad_body_invalidates_nothing() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    server.idle().await?;
    let stored = lab.table.items().await?;

    let says = &[r#"{"ticker": "AAPL"}"#, "{} for everything"];
    let invalid = Refusal { status: 400, code: "invalid_body", field: None, says };
    for body in BODIES {
        invalid.judge(&format!("the body {body:?}"), &invalidate(&server, ADMIN_TOKEN, body).await?)?;
    }
    // More than any server should take.
    let endless = format!(r#"{{"ticker": "{}"}}"#, "A".repeat(2 << 20));
    invalid.judge("a body of 2 MiB", &invalidate(&server, ADMIN_TOKEN, &endless).await?)?;
    let ticker = Refusal { code: "invalid_ticker", field: TICKER, says: &["`GOOGLE`", "AAPL or BRK.B"], ..invalid };
    ticker.judge("a body with a bad ticker", &invalidate(&server, ADMIN_TOKEN, r#"{"ticker": "GOOGLE"}"#).await?)?;

    expect("the table", lab.table.items().await? == stored).is(true)?;
    server.ask(ohlc("AAPL")).await?.comes_from("in-memory")?;
    Ok(lab.close().await?)
}
