use harness::faults::{ErrorAnswer, everything};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    E7 P1 "The breaker opens at the third consecutive DynamoDB failure, not earlier and not later"
    from ["decisions.md#breaker-threshold"]
    needs [OwnEnvironment, Metrics]
    catches ["breaker-opens-at-two", "breaker-opens-at-four"]
    async fn breaker_opens_at_threshold(lab: &mut Lab) {
        // Nobody lists this ticker, so nothing is written: each request is one failed read, sent once.
        let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        let ask = ohlc("NOPE").range("1W");
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        server.ask(ask.clone()).await?;
        outage.end();
        // A success between failures begins the count anew.
        server.ask(ask.clone()).await?;

        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for failure in 1..=3 {
            let openings = server.metrics().await?.count("CircuitBreakerOpen");
            expect(format!("openings before failure {failure}"), openings).is(0)?;
            server.ask(ask.clone()).await?;
            expect("calls that failed", outage.applied()).is(failure)?;
        }
        expect("openings after the third", server.metrics().await?.count("CircuitBreakerOpen")).is(1)?;
        let mark = lab.journal.len();
        server.ask(ask).await?;
        expect("DynamoDB calls from then on", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;
    }
}
