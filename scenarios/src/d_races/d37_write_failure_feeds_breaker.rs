use harness::faults::{ErrorAnswer, on};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker::NO_RETRY;

scenario! {
    D37 P2 "Three failed writes open the breaker"
    from ["decisions.md#breaker-counts", "decisions.md#breaker-threshold"]
    needs [OwnEnvironment, Metrics]
    catches ["writes-do-not-count"]
    async fn write_failure_feeds_breaker(lab: &mut Lab) {
        let server = lab.another_server_with(NO_RETRY).await?;
        // Held until all three are there, so that no read succeeds between them.
        let gate = lab.dynamodb.hold(on("BatchWriteItem"));
        lab.dynamodb.inject(on("BatchWriteItem"), ErrorAnswer::internal());
        let mut asked = Vec::new();
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            asked.push(server.begin(ohlc(ticker).range("1W")));
        }
        expect("three writes are under way", gate.arrived(3).await).is(true)?;
        gate.open();
        for asking in asked {
            asking.answer().await?.comes_from("tiingo")?;
        }
        server.idle().await?;
        expect("CircuitBreakerOpen", server.metrics().await?.count("CircuitBreakerOpen")).is(1)?;

        let mark = lab.journal.len();
        lab.tiingo.lists("AMZN").since("2020-01-02");
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        expect("DynamoDB calls of the next request", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;
    }
}
