use harness::{expect, ohlc, scenario};

scenario! {
    G17 P3 "At 00:00:00 UTC the cache key still has New York's date"
    from ["decisions.md#market-day", "decisions.md#cache-key"]
    needs [Clock]
    catches ["date-of-utc"]
    async fn midnight_utc(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for (now, day) in [("2026-02-04T00:00:00Z", "2026-02-03"), ("2026-07-02T00:00:00Z", "2026-07-01")] {
            lab.time_is(now);
            let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
            expect(format!("the key at {now}"), reply.cache_key()).is(format!("ohlc:AAPL:D:1W:{day}"))?;
            let days: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
            expect("the newest day", days.last().map(String::as_str)).is(Some(day))?;
        }
    }
}
