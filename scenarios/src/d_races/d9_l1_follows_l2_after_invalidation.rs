use harness::{expect, ohlc, scenario};

scenario! {
    D9 P1 "After memory alone is cleared, the next request is answered from the table and refills memory"
    from ["decisions.md#kept-from", "decisions.md#invalidated-layers"]
    needs [DropL1]
    catches ["invalidation-leaves-memory", "memory-not-refilled"]
    async fn l1_follows_l2_after_invalidation(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1W");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.ask(ask.clone()).await?.comes_from("in-memory")?;
        server.idle().await?;
        expect("status of the invalidation", server.invalidate(Some("AAPL")).await?.status).is(200)?;
        let fetched = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;

        server.drop_l1().await?;
        let read = server.ask(ask.clone()).await?.comes_from("dynamodb")?;
        let again = server.ask(ask).await?.comes_from("in-memory")?;
        expect("the table's candles", read.candles_text()?).is(fetched.candles_text()?)?;
        expect("memory's candles", again.candles_text()?).is(fetched.candles_text()?)?;
    }
}
