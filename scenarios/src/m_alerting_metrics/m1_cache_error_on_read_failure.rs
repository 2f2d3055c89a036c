use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::metrics;

scenario! {
    M1 P1 "A failed DynamoDB read is one CacheError under its operation, however often it was retried"
    from ["decisions.md#store-failure", "decisions.md#alarm-worth"]
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

        // What explains a hole in a window is read on its own, and so is what tells whether the table is there.
        lab.tiingo.lists("HALT").since("2020-01-02").without(["2026-01-29"]);
        let (writer, reader) = (lab.another_server().await?, lab.another_server().await?);
        writer.ask(ohlc("HALT").range("1W")).await?.comes_from("tiingo")?;
        writer.idle().await?;
        let failing = lab.dynamodb.inject(on("GetItem"), ErrorAnswer::internal());
        reader.ask(ohlc("HALT").range("1W")).await?.comes_from("tiingo")?;
        reader.idle().await?;
        expect("readiness", reader.get("/readyz", &[]).await?.status).is(503)?;
        failing.end();
        let errors = reader.metrics().await?.count("CacheError{operation=\"GetItem\"}");
        expect("errors of GetItem", errors).is(2)?;

        // An invalidation reads what it has to delete.
        for (operation, ticker) in [("Query", Some("AAPL")), ("Scan", None), ("BatchWriteItem", Some("AAPL"))] {
            let server = lab.another_server().await?;
            let failing = lab.dynamodb.inject(on(operation), ErrorAnswer::internal());
            expect(format!("status without {operation}"), server.invalidate(ticker).await?.status).is(503)?;
            failing.end();
            let errors = server.metrics().await?.count(&format!("CacheError{{operation=\"{operation}\"}}"));
            expect(format!("errors of {operation} at an invalidation"), errors).is(1)?;
        }
    }
}
