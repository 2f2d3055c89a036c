use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::metrics;

scenario! {
    M1 P1 required "A DynamoDB read that fails is one CacheError, however often it was sent again"
    needs [OwnEnvironment, Logs, Metrics]
    catches ["failed-reads-not-counted", "alarms-counted-twice", "store-failure-without-a-trace"]
    async fn cache_error_on_read_failure(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("CacheError while all is well", server.metrics().await?.count("CacheError")).is(0)?;

        let failing = lab.dynamodb.inject(on("Query"), ErrorAnswer::internal());
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("attempts that failed", failing.applied()).is(2)?;
        failing.end();
        let errors = metrics::in_the_end(lab, &server, "CacheError").await?;
        expect("CacheError, on /metrics and in the log", errors).is([1, 1])?;
    }
}
