use harness::{expect, ohlc, scenario};

scenario! {
    E15 P1 "A new instance answers from what an earlier one wrote, without a provider call"
    from ["decisions.md#memory-dies-with-its-instance", "contract.md#items"]
    needs [SeveralInstances]
    catches ["table-of-one-instance"]
    async fn reboot_reads_l2(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let before = lab.server().await?;
        let written = before.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        before.idle().await?;

        let after = lab.another_server().await?;
        let read = after.ask(ohlc("AAPL").range("1M")).await?.comes_from("dynamodb")?;
        expect("the candles", read.candles_text()?).is(written.candles_text()?)?;
        expect("provider calls in all", lab.tiingo.calls().len()).is(1)?;

        // The window is there from the second provider, though the table has a part of it from the first.
        lab.tiingo.lists("MSFT").since("2020-01-02");
        before.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        lab.tiingo.unavailable();
        let written = before.ask(ohlc("MSFT").range("1M")).await?.comes_from("finnhub")?;
        before.idle().await?;
        let read = after.ask(ohlc("MSFT").range("1M")).await?.comes_from("dynamodb")?;
        expect("the second provider's candles", read.candles_text()?).is(written.candles_text()?)?;
    }
}
