use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, seconds_left};

scenario! {
    C3 P1 "Today's daily bar, fetched after the close, is kept for 90 days"
    from ["decisions.md#item-expiry"]
    needs [Clock]
    catches ["short-ttl-for-every-candle-of-today"]
    async fn finished_daily_90_days(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T21:00:00Z"); // 16:00:00 in New York: the session has just ended
        let server = lab.server().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let left = seconds_left(lab, "AAPL#tiingo", "D#2026-02-03T00:00:00Z").await?;
        expect("seconds until today's bar expires", left).is(LONG)?;
    }
}
