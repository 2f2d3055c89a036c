use harness::faults::{ErrorAnswer, everything, on};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker::NO_RETRY;

scenario! {
    D10 P1 "After 3 consecutive DynamoDB failures the next request makes no DynamoDB call and is answered, even if an earlier call succeeds late"
    from ["decisions.md#breaker-threshold", "decisions.md#breaker-closed-by-latecomers"]
    needs [OwnEnvironment, Metrics]
    catches ["no-breaker", "closed-by-a-latecomer"]
    async fn breaker_prevents_cascade(lab: &mut Lab) {
        // Nothing is given up: an answer waits for its write, and a call for its own answer.
        let patient = ["OHLC_DYNAMODB_TIMEOUT", "OHLC_CEILING", "OHLC_WRITE_WAIT"].map(|setting| (setting, "30s"));
        let server = lab.another_server_with(NO_RETRY.into_iter().chain(patient)).await?;
        lab.tiingo.lists("META").since("2020-01-02");
        let gate = lab.dynamodb.hold_reply(on("Query").first(1));
        let early = server.begin(ohlc("META").range("1W"));
        expect("a call from before the failures", gate.arrived(1).await).is(true)?;

        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
        }
        expect("DynamoDB calls until the breaker opened", outage.applied()).is(3)?;
        expect("CircuitBreakerOpen", server.metrics().await?.count("CircuitBreakerOpen")).is(1)?;

        outage.end();
        gate.open();
        early.answer().await?.comes_from("tiingo")?;
        lab.tiingo.lists("AMZN").since("2020-01-02");
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("DynamoDB calls in all", lab.journal.to(Party::DynamoDb).len()).is(1 + 3)?;
    }
}
