use harness::faults::on;
use harness::observe::journal::Peer;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::last_answer_took;

scenario! {
    D8 P1 "A waiter looks 15 times for the holder's candles, then fetches them itself"
    from ["decisions.md#lock-polls", "decisions.md#waiters-fetch-in-the-end"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["waiter-never-gives-up", "waiter-gives-up-with-an-error"]
    async fn wait_timeout_falls_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // The holder is stuck in its second look, for longer than the waiter's looks take.
        let stuck = lab.another_server_with([("OHLC_DYNAMODB_TIMEOUT", "4s")]).await?;
        let waiter = lab.another_server_with(lab.time().shortened([("OHLC_LOCK_POLL_EVERY", 5)])).await?;
        let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo").nth(2));
        let holding = stuck.begin(ohlc("AAPL").range("1W"));
        expect("the holder has the lock and is stuck", gate.arrived(1).await).is(true)?;

        let mark = lab.journal.len();
        waiter.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        let calls = lab.journal.since(mark, Peer::DynamoDb);
        let looks = calls.iter().filter(|call| call.operation == "Query" && call.subject.contains("AAPL#tiingo"));
        let waiting = looks.filter(|call| call.request["ConsistentRead"] == true).count();
        expect("looks while waiting", waiting).is(15)?;
        expect("provider calls", lab.tiingo.calls().len()).is(1)?;
        let took = expect("the time that the answer took", last_answer_took(lab)).is_there()?;
        expect("the time that the answer took", took).lies_in(&lab.time().exactly_or_at_least(15 * 200, 15 * 5))?;
        gate.open();
        expect("status of the holder's answer", holding.answer().await?.status).is(200)?;
    }
}
