use harness::faults::on;
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    D8 P1 "A waiter looks 15 times for the holder's candles, then fetches them itself"
    from ["decisions.md#lock-polls", "decisions.md#waiters-fetch-in-the-end"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["waiter-never-gives-up", "waiter-gives-up-with-an-error"]
    async fn wait_timeout_falls_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let stuck = lab.server().await?;
        // 200 ms between the looks would be three seconds.
        let waiter = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "5ms")]).await?;
        // The holder is stuck in its second look, until its own timeout of two seconds at the latest: ten times as
        // long as the waiter's looks take.
        let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo").nth(2));
        let holding = stuck.begin(ohlc("AAPL").range("1W"));
        expect("the holder has the lock and is stuck", gate.arrived(1).await).is(true)?;

        let mark = lab.journal.len();
        waiter.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        let calls = lab.journal.since(mark, Party::DynamoDb);
        let looks = calls.iter().filter(|call| call.operation == "Query" && call.subject.contains("AAPL#tiingo"));
        let waiting = looks.filter(|call| call.request["ConsistentRead"] == true).count();
        expect("looks while waiting", waiting).is(15)?;
        expect("provider calls", lab.tiingo.calls().len()).is(1)?;
        gate.open();
        expect("status of the holder's answer", holding.answer().await?.status).is(200)?;
    }
}
