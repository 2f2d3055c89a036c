use harness::faults::{Latency, everything};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::last_answer_took;

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
        // A fifth of the real thing, where that would be waited for: all five DynamoDB calls before the provider's would
        // take 7.5 s under a deadline of 5 s, the two that must be take 3 s.
        let time = lab.time();
        let fifth = time.shortened([
            ("OHLC_PROVIDER_TIMEOUT", 400),
            ("OHLC_CEILING_MARGIN", 100),
            ("OHLC_CEILING", 1_000),
            ("OHLC_SLOW_LOOK", 200),
        ]);
        let server = lab.another_server_with(fifth).await?;
        lab.dynamodb.inject(everything(), Latency::of(time.milliseconds(1_500, 300)));

        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        let took = expect("the time that a hit took", last_answer_took(lab)).is_there()?;
        expect("the time that a hit took", took).lies_in(&time.exactly_or_at_least(1_500, 300))?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        // The second provider's candles are looked for a little later than the first one's, and an answer waits for its
        // write.
        let took = expect("the time that a miss took", last_answer_took(lab)).is_there()?;
        expect("the time that a miss took", took).lies_in(&time.exactly_or_at_least(250 + 1_500 + 1_000, 300))?;
        expect("provider calls about what was stored", lab.tiingo.calls_about("AAPL").len()).is(1)?;
        expect("provider calls about what was not", lab.tiingo.calls_about("MSFT").len()).is(1)?;
    }
}
