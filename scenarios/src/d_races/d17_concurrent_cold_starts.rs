use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    D17 P2 "10 new instances with one request each cause one provider call and give ten equal answers"
    from ["decisions.md#single-flight"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["coalescing-in-process-only"]
    async fn concurrent_cold_starts(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let locks = lab.dynamodb.hold_reply(on("PutItem").pk_prefix("LOCK#ohlc:AAPL"));
        let gate = lab.tiingo.hold_answers_about("AAPL");
        // The waiters' three seconds in finer steps, so that nobody waits longer than the holder needs.
        let polls = [("OHLC_LOCK_POLL_EVERY", "10ms"), ("OHLC_LOCK_POLLS", "300")];
        let servers = lab.servers_at_once(10, polls).await?;
        let asked: Vec<_> = servers.iter().map(|server| server.begin(ohlc("AAPL").range("1W"))).collect();
        expect("all ten have tried the lock", locks.arrived(10).await).is(true)?;
        locks.open();
        expect("one asks the provider", gate.arrived(1).await).is(true)?;
        // While this one goes all the way and back, anyone else would have got as far as the provider.
        servers[0].ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        gate.open();

        let (mut sources, mut candles) = (Vec::new(), Vec::new());
        for asking in asked {
            let answer = asking.answer().await?;
            sources.push(answer.source().to_owned());
            candles.push(answer.candles()?);
        }
        expect("provider calls", lab.tiingo.calls_about("AAPL").len()).is(1)?;
        expect("answers from the table", sources.iter().filter(|source| *source == "dynamodb").count()).is(9)?;
        expect("all candles", candles).holds("ten times the same", |all| all.windows(2).all(|two| two[0] == two[1]))?;
    }
}
