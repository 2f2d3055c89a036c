use harness::{expect, ohlc, scenario};

scenario! {
    F9 P2 "A new instance starts with empty memory, whatever the one before it had"
    from ["decisions.md#memory-dies-with-its-instance"]
    needs [SeveralInstances]
    catches ["memory-outlives-its-process"]
    async fn deployment_starts_cold(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let ask = ohlc("AAPL").range("1W");
        let before = lab.server().await?;
        before.ask(ask.clone()).await?.comes_from("tiingo")?;
        before.ask(ask.clone()).await?.comes_from("in-memory")?;
        lab.stop(&before).await?;

        let after = lab.another_server().await?;
        after.ask(ask.clone()).await?.comes_from("dynamodb")?;
        after.ask(ask).await?.comes_from("in-memory")?;
        expect("provider calls in all", lab.tiingo.calls().len()).is(1)?;
    }
}
