use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, SHORT, seconds_left};

scenario! {
    C2 P1 "While the market is open, today's intraday items expire in 5 minutes, and so does the answer in memory"
    from ["decisions.md#ttl-unfinished", "decisions.md#l1-expiry"]
    needs [Clock]
    catches ["long-ttl-for-today", "l1-outlives-l2"]
    async fn todays_intraday_5_minutes(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T16:30:00Z"); // 11:30 in New York
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1W").resolution("5");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let today = seconds_left(lab, "AAPL#tiingo", "5#2026-02-03T14:30:00Z").await?;
        expect("seconds until today's first candle expires", today).is(SHORT)?;
        let yesterday = seconds_left(lab, "AAPL#tiingo", "5#2026-02-02T14:30:00Z").await?;
        expect("seconds until yesterday's expires", yesterday).is(LONG)?;

        lab.time_is("2026-02-03T16:34:59Z");
        server.ask(ask.clone()).await?.comes_from("in-memory")?;
        lab.time_is("2026-02-03T16:35:01Z");
        server.ask(ask).await?.comes_from("tiingo")?;
    }
}
