use harness::{expect, ohlc, scenario};

scenario! {
    B5 P0 "A candle with high < low, or with open or close outside [low, high], is neither stored nor served"
    from ["decisions.md#flaw"]
    needs []
    catches ["validation-off", "only-high-and-low-compared"]
    async fn ohlc_relationships_hold(lab: &mut Lab) {
        let listing = lab.tiingo.lists("AAPL").since("2020-01-02");
        listing
            .edit("2026-01-27", |row| std::mem::swap(&mut row.high, &mut row.low))
            .edit("2026-01-28", |row| row.open = "100000".into())
            .edit("2026-01-29", |row| row.close = "0.0001".into());
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;

        let served: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
        expect("the days served", served).is(["2026-01-30", "2026-02-02", "2026-02-03"])?;
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let stored: Vec<&str> = items.iter().filter(|item| item.n("open").is_some()).filter_map(|item| item.s("SK")).collect();
        let good = ["D#2026-01-30T00:00:00Z", "D#2026-02-02T00:00:00Z", "D#2026-02-03T00:00:00Z"];
        expect("the days stored", stored).is(good)?;
    }
}
