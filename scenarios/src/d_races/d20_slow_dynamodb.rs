use harness::faults::{Latency, everything};
use harness::{band, expect, milliseconds, ohlc, scenario};

scenario! {
    D20 P2 "With a slow DynamoDB the answer still arrives before the deadline, with at most one provider call"
    from ["decisions.md#ceiling", "decisions.md#slow-look", "decisions.md#dynamodb-timeout"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["slow-table-taken-for-empty", "no-end-to-patience-with-a-slow-table"]
    async fn slow_dynamodb(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let writer = lab.server().await?;
        writer.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        writer.idle().await?;
        // A fifth of the real thing: 300 ms instead of 1,500 under a ceiling of 1 s instead of 5. All five DynamoDB
        // calls of a miss would take 1.5 s, the two that must be 0.6 s.
        let server = lab
            .another_server_with([
                ("OHLC_PROVIDER_TIMEOUT", milliseconds(400)),
                ("OHLC_CEILING_MARGIN", milliseconds(100)),
                ("OHLC_CEILING", milliseconds(1_000)),
                ("OHLC_SLOW_LOOK", milliseconds(200)),
            ])
            .await?;
        lab.dynamodb.inject(everything(), Latency::of(band(300)));

        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        expect("provider calls about what was stored", lab.tiingo.calls_about("AAPL").len()).is(1)?;
        expect("provider calls about what was not", lab.tiingo.calls_about("MSFT").len()).is(1)?;
    }
}
