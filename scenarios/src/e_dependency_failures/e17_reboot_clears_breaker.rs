use harness::faults::{ErrorAnswer, everything};
use harness::{expect, ohlc, scenario};

scenario! {
    E17 P1 "An instance starts with a closed breaker although the one before it had it open"
    from ["decisions.md#one-breaker-an-instance"]
    needs [SeveralInstances, OwnEnvironment, Metrics]
    catches ["breaker-state-shared"]
    async fn reboot_clears_breaker(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let before = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        before.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        before.idle().await?;
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for _ in 1..=3 {
            before.ask(ohlc("NOPE").range("1W")).await?;
        }
        outage.end();
        expect("openings before the restart", before.metrics().await?.count("CircuitBreakerOpen")).is(1)?;

        let after = lab.another_server().await?;
        after.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
    }
}
