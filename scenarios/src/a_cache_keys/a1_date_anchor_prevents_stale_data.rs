use harness::{expect, ohlc, scenario};

scenario! {
    A1 P1 "The same request on the next market day is a miss and has another X-Cache-Key"
    from ["decisions.md#cache-key", "decisions.md#market-day"]
    needs [Clock]
    catches ["cache-key-without-date"]
    async fn date_anchor_prevents_stale_data(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        lab.time_is("2026-02-04T04:45:00Z"); // Tuesday, 23:45 in New York
        let tuesday = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;

        lab.time_is("2026-02-04T05:15:00Z"); // Wednesday, 00:15: memory still holds Tuesday's answer
        let midnight = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("where an answer after midnight comes from", midnight.source()).is_not("in-memory")?;
        expect("its key", midnight.cache_key()).is_not(tuesday.cache_key())?;
        expect("its window's end", midnight.field("end_date")).is("2026-02-04")?;

        lab.time_is("2026-02-04T15:00:00Z"); // Wednesday, 10:00: trading
        let trading = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("the candles of the new day", trading.candles()?).is(lab.tiingo.expected(
            "AAPL",
            "D",
            "2026-01-28",
            "2026-02-04",
        ))?;
    }
}
