use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::metrics;

scenario! {
    M2 P1 "A failed DynamoDB write is one CacheError under its operation, however often it was retried"
    from ["decisions.md#store-failure", "decisions.md#alarm-worth"]
    needs [OwnEnvironment, Logs, Metrics]
    catches ["failed-writes-not-counted", "alarms-counted-twice", "store-failure-without-a-trace"]
    async fn cache_error_on_write_failure(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        // Both attempts at the write; what removes its remains gets through.
        let failing = lab.dynamodb.inject(on("BatchWriteItem").first(2), ErrorAnswer::internal());
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("attempts that failed", failing.applied()).is(2)?;
        expect("candles stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;
        let errors = metrics::in_the_end(lab, &server, "CacheError").await?;
        expect("CacheError, on /metrics and in the log", errors).is([1, 1])?;

        // A fetch of a window with a hole writes three things more: the lock, its removal, and what explains the hole.
        let others = [
            ("HALTA", "PutItem", on("PutItem").pk_prefix("LOCK#")),
            ("HALTB", "DeleteItem", on("DeleteItem").pk_prefix("LOCK#")),
            ("HALTC", "PutItem", on("PutItem").sk_prefix("COVERAGE#")),
        ];
        for (ticker, operation, calls) in others {
            lab.tiingo.lists(ticker).since("2020-01-02").without(["2026-01-29"]);
            let server = lab.another_server().await?;
            let failing = lab.dynamodb.inject(calls, ErrorAnswer::internal());
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
            failing.end();
            let errors = server.metrics().await?.count(&format!("CacheError{{operation=\"{operation}\"}}"));
            expect(format!("errors of {operation} about {ticker}"), errors).is(1)?;
        }
    }
}
