use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

scenario! {
    E27 P1 "A write that fails for good is rolled back, and the next read is a miss"
    from ["decisions.md#all-batches-are-rolled-back"]
    needs [DropL1, OwnEnvironment]
    catches ["orphans-left"]
    async fn partial_batch_rolled_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        let ask = ohlc("AAPL").range("3M"); // three batches
        let failing = lab.dynamodb.inject(on("BatchWriteItem").nth(3), ErrorAnswer::internal());
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("batches that failed", failing.applied()).is(1)?;
        expect("candles that are left", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;

        server.drop_l1().await?;
        let again = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        let stored = server.ask(ask).await?.comes_from("dynamodb")?;
        expect("the candles", stored.candles_text()?).is(again.candles_text()?)?;
    }
}
