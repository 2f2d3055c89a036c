use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

scenario! {
    E2 P0 "DynamoDB write failures fail open: the client gets 200; a warning and CacheError are emitted"
    from ["decisions.md#fail-open", "decisions.md#store-failure"]
    needs [OwnEnvironment, Logs, Metrics]
    catches ["write-error-passed-on", "store-failure-without-a-trace"]
    async fn write_failure_is_silent(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        let failing = lab.dynamodb.inject(on("BatchWriteItem"), ErrorAnswer::internal());
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("candles", reply.candles()?.len()).is(6)?;
        server.idle().await?;
        expect("writes that failed", failing.applied()).is_not(0)?;

        expect("CacheError", server.metrics().await?.count("CacheError")).is_not(0)?;
        let warnings = server.logs().await?.into_iter().filter(|line| line["level"] == "WARN").count();
        expect("warnings in the log", warnings).is_not(0)?;
    }
}
