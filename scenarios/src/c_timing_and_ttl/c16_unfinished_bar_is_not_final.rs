use harness::{expect, ohlc, scenario};

scenario! {
    C16 P2 "A daily bar fetched before the close is not served as the day's bar after it"
    from ["decisions.md#unfinished-bars", "decisions.md#still-good"]
    needs [Clock, DropL1]
    catches ["unfinished-bar-counts-as-closed", "l1-outlives-l2"]
    async fn unfinished_bar_is_not_final(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T20:58:00Z"); // 15:58 in New York
        let server = lab.server().await?;
        let ask = ohlc("AAPL").between("2026-02-02", "2026-02-03");
        let forming = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("bars", forming.candles()?.len()).is(2)?;
        server.idle().await?;
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let closed: Vec<Option<bool>> = items.iter().map(|item| item.bool("is_closed")).collect();
        expect("is_closed of yesterday and today", closed).is([Some(true), Some(false)])?;

        // Within the five minutes that anything may be served for, but after the close.
        lab.time_is("2026-02-03T21:01:00Z");
        let after = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("the final bars", after.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-02-02", "2026-02-03"))?;
        server.idle().await?;
        lab.time_is("2026-02-04T15:00:00Z");
        let next_day = server.ask(ask).await?.comes_from("dynamodb")?;
        expect("the bars of the day before", next_day.candles_text()?).is(after.candles_text()?)?;
    }
}
