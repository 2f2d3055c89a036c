use harness::faults::{ErrorAnswer, everything};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::breaker::NO_RETRY;

scenario! {
    D10 P1 required "After 3 consecutive DynamoDB failures the next request makes no DynamoDB call and is answered"
    needs [OwnEnvironment, Metrics]
    catches ["no-breaker"]
    async fn breaker_prevents_cascade(lab: &mut Lab) {
        let server = lab.another_server_with(NO_RETRY).await?;
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
        }
        expect("DynamoDB calls until the breaker opened", outage.applied()).is(3)?;
        expect("CircuitBreakerOpen", server.metrics().await?.count("CircuitBreakerOpen")).is(1)?;

        outage.end();
        lab.tiingo.lists("AMZN").since("2020-01-02");
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("DynamoDB calls in all", lab.journal.to(Party::DynamoDb).len()).is(3)?;
    }
}
