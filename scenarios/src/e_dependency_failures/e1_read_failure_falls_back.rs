use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

scenario! {
    E1 P0 required "When DynamoDB cannot be read, the answer comes from the provider"
    needs [DropL1, OwnEnvironment]
    catches ["read-error-passed-on"]
    async fn read_failure_falls_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // A failed call is sent again without a pause worth waiting for.
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        let before = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;

        let failing = lab.dynamodb.inject(on("Query").or("GetItem"), ErrorAnswer::internal());
        let during = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("reads that failed", failing.applied()).is_not(0)?;
        expect("the candles", during.candles_text()?).is(before.candles_text()?)?;
    }
}
