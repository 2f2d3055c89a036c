//! Issue 3: CacheError was published by operation only, while its alarm watches the sum, which CloudWatch does not compute:
//! no number of errors could raise it.

use harness::faults::{ErrorAnswer, everything};
use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "Errors of several DynamoDB operations raise the alarm together, even if no single one has enough"
    from ["decisions.md#published", "decisions.md#alarms"]
    needs [Clock, OwnEnvironment, Logs, Metrics, Alarms]
    catches ["metrics-without-a-sum"]
    async fn errors_of_all_operations_add_up(lab: &mut Lab) {
        lab.time_is("2026-02-03T15:00:00Z");
        let server =
            lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1"), ("OHLC_BREAKER_THRESHOLD", "1000")]).await?;
        // Each ticker is one failed read, one failed write, and one failed removal of what was written.
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for ticker in ["AAPL", "AMZN", "GOOG", "META"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
        }
        outage.end();
        let metrics = server.metrics().await?;
        for operation in ["Query", "BatchWriteItem"] {
            let errors = metrics.count(&format!("CacheError{{operation=\"{operation}\"}}"));
            expect(format!("errors of {operation}"), errors)
                .holds("between 1 and 10", |count| (1..=10).contains(count))?;
        }
        expect("errors in all", metrics.count("CacheError")).holds("more than ten", |count| *count > 10)?;
        lab.stop(&server).await?;
        expect("notices", lab.alarm_on("CacheError", &server.logs().await?)?.notices).is([lab.now()])?;
    }
}
