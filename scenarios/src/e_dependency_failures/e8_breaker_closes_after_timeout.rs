use harness::faults::{ErrorAnswer, everything};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    E8 P1 "An open breaker stops DynamoDB calls for 60 seconds; after that they resume"
    from ["decisions.md#breaker-cooldown"]
    needs [Clock, DropL1, OwnEnvironment]
    catches ["breaker-open-forever", "breaker-closes-at-once"]
    async fn breaker_closes_after_timeout(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        let ask = ohlc("AAPL").range("1W");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for _ in 1..=3 {
            server.ask(ohlc("NOPE").range("1W")).await?;
        }
        outage.end();

        server.drop_l1().await?;
        lab.time_is("2026-02-03T22:00:59Z");
        let mark = lab.journal.len();
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("DynamoDB calls while it is open", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;

        server.drop_l1().await?;
        lab.time_is("2026-02-03T22:01:00Z");
        server.ask(ask).await?.comes_from("dynamodb")?;
    }
}
