use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, seconds_left};

scenario! {
    C5 P1 "Today's intraday candles, fetched after the close, are kept for 90 days, also after an early close"
    from ["decisions.md#item-expiry", "decisions.md#sessions"]
    needs [Clock]
    catches ["short-ttl-for-every-candle-of-today", "ttl-blind-to-early-closes"]
    async fn after_close_is_long(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        // 16:00:30 on a whole day, and 13:00:30 on the day after Thanksgiving.
        for (now, last) in
            [("2026-02-03T21:00:30Z", "5#2026-02-03T20:55:00Z"), ("2025-11-28T18:00:30Z", "5#2025-11-28T17:55:00Z")]
        {
            lab.time_is(now);
            server.ask(ohlc("AAPL").range("1D").resolution("5")).await?.comes_from("tiingo")?;
            server.idle().await?;
            let left = seconds_left(lab, "AAPL#tiingo", last).await?;
            expect(format!("seconds until {last} expires"), left).is(LONG)?;
        }
    }
}
