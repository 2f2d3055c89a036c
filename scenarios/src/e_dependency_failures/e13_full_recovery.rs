use harness::faults::{DropConnection, ErrorAnswer, everything};
use harness::{expect, ohlc, scenario};

scenario! {
    E13 P1 "An outage of DynamoDB and both providers shows in /readyz; after it every layer is used again without a restart"
    from ["decisions.md#recovers-by-itself", "contract.md#other-endpoints"]
    needs [Clock, DropL1, OwnEnvironment]
    catches ["breaker-open-forever", "unavailable-cached", "dynamodb-client-poisoned"]
    async fn full_recovery(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        let broken = lab.dynamodb.inject(everything().first(1), DropConnection);
        let failing = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        lab.tiingo.drops_connections();
        lab.finnhub.unavailable();
        expect("readiness when DynamoDB fails", server.get("/readyz", &[]).await?.status).is(503)?;
        let ask = ohlc("AAPL").range("1W");
        for _ in 1..=3 {
            expect("the status during the outage", server.ask(ask.clone()).await?.status).is(503)?;
        }
        expect("DynamoDB calls that failed", broken.applied() + failing.applied()).is_not(0)?;

        failing.end();
        lab.tiingo.recovers();
        lab.finnhub.recovers();
        lab.time_is("2026-02-03T22:01:00Z");
        expect("readiness afterwards", server.get("/readyz", &[]).await?.status).is(200)?;
        let fresh = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.ask(ask.clone()).await?.comes_from("in-memory")?;
        server.idle().await?;
        server.drop_l1().await?;
        let stored = server.ask(ask).await?.comes_from("dynamodb")?;
        expect("the candles", stored.candles_text()?).is(fresh.candles_text()?)?;
    }
}
