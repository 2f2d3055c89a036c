use chrono::TimeDelta;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::{listed, tickers};

const NOW: &str = "2026-02-03T22:00:00Z";

/// How a provider says for how long it wants to be left alone, and what that means in seconds.
const FORMS: [(&[(&str, &str)], i64); 15] = [
    (&[], 5),
    (&[("retry-after", "17")], 17),
    (&[("retry-after", "299.997")], 300),
    (&[("retry-after", "Tue, 03 Feb 2026 22:00:30 GMT")], 30),
    (&[("retry-after", "Tuesday, 03-Feb-26 22:00:30 GMT")], 30),
    (&[("retry-after", "Tue Feb  3 22:00:30 2026")], 30),
    (&[("retry-after", "Tue, 03 Feb 2026 21:00:00 GMT")], 5),
    (&[("retry-after", "86400")], 3_600),
    (&[("retry-after", "Wed, 03 Feb 2027 22:00:00 GMT")], 3_600),
    (&[("retry-after", "-3")], 5),
    (&[("retry-after", "soon")], 5),
    (&[("retry-after", "18446744073709551615")], 5),
    (&[("x-ratelimit-reset", "40")], 40),
    (&[("x-ratelimit-reset", "1770156040")], 40),
    (&[("retry-after", "soon"), ("x-ratelimit-reset", "1770156040")], 40),
];

scenario! {
    E33 P1 "Whatever form a provider's patience has, it is left alone for as long as clients are told, for an hour at most, and the other one serves"
    from ["decisions.md#patience", "decisions.md#longest-patience", "decisions.md#left-alone"]
    needs [Clock, OwnEnvironment]
    catches [
        "patience-in-whole-seconds-alone", "unsaid-patience-not-taken", "end-of-a-limit-unread", "patience-of-a-503-ignored",
        "patience-without-an-end",
    ]
    async fn patience_in_any_form(lab: &mut Lab) {
        let mut tickers = tickers('L');
        lab.time_is(NOW);
        let now = lab.now();
        let after = |seconds: i64| now + TimeDelta::seconds(seconds);
        for (headers, seconds) in FORMS {
            // A client hears of it where there is nobody else.
            lab.time_is(NOW);
            let alone = lab.another_server_with([("FINNHUB_API_KEY", "")]).await?;
            lab.tiingo.refuses_with(429, headers).for_calls(1);
            let told = alone.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?;
            expect(format!("the status after {headers:?}"), told.status).is(429)?;
            expect(format!("Retry-After after {headers:?}"), told.header("retry-after")).is(seconds.to_string())?;
            let before = lab.tiingo.calls().len();
            lab.time_is(after(seconds - 1));
            expect("the status a second early", alone.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.status).is(429)?;
            expect(format!("calls a second early after {headers:?}"), lab.tiingo.calls().len()).is(before)?;
            lab.time_is(after(seconds));
            alone.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("tiingo")?;
        }

        // Either provider, a 503 as well, and the other one serves meanwhile.
        lab.time_is(NOW);
        let server = lab.another_server().await?;
        lab.tiingo.refuses_with(503, &[("retry-after", "30")]).for_calls(1);
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
        lab.time_is(after(29));
        let before = lab.tiingo.calls().len();
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
        lab.finnhub.refuses_with(429, &[("retry-after", "300.5")]).for_calls(1);
        let nobody = server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?;
        expect("the status with both left alone", nobody.status).is(503)?;
        expect("calls to the first provider meanwhile", lab.tiingo.calls().len()).is(before)?;
        lab.time_is(after(30));
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("tiingo")?;

        lab.tiingo.unavailable();
        let before = lab.finnhub.calls().len();
        lab.time_is(after(29 + 300));
        expect("the status with both away", server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.status).is(503)?;
        expect("calls to the second provider meanwhile", lab.finnhub.calls().len()).is(before)?;
        lab.time_is(after(29 + 301));
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
    }
}
