use harness::{expect, ohlc, scenario};

scenario! {
    B8 P1 "A candle with a zero or negative price is neither stored nor served; the other candles are"
    from ["decisions.md#flaw", "decisions.md#salvage"]
    needs [Metrics]
    catches ["validation-off", "sign-not-validated"]
    async fn negative_prices_rejected(lab: &mut Lab) {
        let listing = lab.tiingo.lists("AAPL").since("2020-01-02");
        listing.edit("2026-01-29", |row| row.low = "-1".into()).edit("2026-01-30", |row| row.low = "0".into());
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;

        expect("the candles served", reply.candles()?).is(lab.tiingo.expected(
            "AAPL",
            "D",
            "2026-01-27",
            "2026-02-03",
        ))?;
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let bad = items.iter().filter(|item| item.n("low").is_some_and(|low| low.starts_with('-') || low == "0"));
        expect("bad candles stored", bad.count()).is(0)?;
        expect("candles stored", items.iter().filter(|item| item.n("open").is_some()).count()).is(4)?;
        expect("RejectedCandles", server.metrics().await?.count("RejectedCandles")).is(2)?;
    }
}
