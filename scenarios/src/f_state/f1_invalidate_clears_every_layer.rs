use harness::{expect, ohlc, scenario};

scenario! {
    F1 P1 "After an invalidation no layer has anything left: each next answer comes from the provider"
    from ["decisions.md#invalidated-layers"]
    needs [DropL1]
    catches ["invalidation-leaves-memory", "invalidation-leaves-the-table"]
    async fn invalidate_clears_every_layer(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let asks = [ohlc("AAPL").range("1M"), ohlc("AAPL").range("1W"), ohlc("AAPL").range("1W").resolution("5")];
        for ask in &asks {
            server.ask(ask.clone()).await?;
            server.idle().await?;
            server.ask(ask.clone()).await?.comes_from("in-memory")?;
        }
        // What the other provider gave while this one was away lies under a key of its own.
        lab.tiingo.unavailable();
        server.ask(ohlc("AAPL").range("3M")).await?.comes_from("finnhub")?;
        server.idle().await?;
        lab.tiingo.recovers();

        lab.tiingo.lists("AAPL").edit("2026-02-02", |row| row.volume = Some("1".into()));
        expect("status of the invalidation", server.invalidate(Some("AAPL")).await?.status).is(200)?;
        expect("items that are left", lab.table.items().await?.len()).is(0)?;
        let [month, week, intraday] = asks;
        for ask in [month, intraday, ohlc("AAPL").range("3M")] {
            server.ask(ask).await?.comes_from("tiingo")?;
        }
        // Its candles lie in a longer window by now, fetched after the invalidation.
        let week = server.ask(week).await?;
        let expected = lab.tiingo.expected("AAPL", "D", "2026-01-27", "2026-02-03");
        expect("the candles of the week", week.candles()?).is(expected)?;
    }
}
