//! Issue 3: the SDK shares one retry budget among all clients of a process. One instance's outage left the other instances
//! of the process without retries.

use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

/// The SDK's budget is 500, and a retry costs 5. Each of these calls is retried four times.
const FAILURES: u8 = 26;

scenario! {
    R3 P1 "An instance that has spent its retries on an outage leaves another instance its own"
    from ["decisions.md#retry-budget"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["one-retry-budget-for-all"]
    async fn retries_are_an_instances_own(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let patient = [("OHLC_BREAKER_THRESHOLD", "1000"), ("OHLC_BATCH_BACKOFF", "1ms"), ("OHLC_DYNAMODB_ATTEMPTS", "5")];
        let (one, other) = (lab.another_server_with(patient).await?, lab.another_server_with(patient).await?);
        other.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        other.idle().await?;
        other.drop_l1().await?;

        // Nothing is known of these tickers, so nothing is written, which would earn attempts again.
        let outage = lab.dynamodb.inject(on("Query").or("PutItem").or("DeleteItem"), ErrorAnswer::internal());
        for number in 0..FAILURES {
            let ticker = format!("Z{}", char::from(b'A' + number));
            one.ask(ohlc(&ticker)).await?;
        }
        outage.end();

        let throttled = lab.dynamodb.inject(on("Query").first(1), ErrorAnswer::throttled());
        other.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        expect("reads that were throttled", throttled.applied()).is(1)?;
    }
}
