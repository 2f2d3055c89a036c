use harness::{expect, ohlc, scenario};

scenario! {
    A5 P1 "A lock held for one day, range or resolution never delays a request for another"
    from ["decisions.md#lock-key"]
    needs [Clock, SeveralInstances]
    catches ["lock-key-without-date", "lock-key-without-range", "lock-key-without-resolution"]
    async fn lock_key_matches_cache_key(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-04T04:59:50Z"); // 23:59:50 on February 3rd in New York
        let holder = lab.server().await?;
        // A waiter would look often and give up soon, so that the scenario does not last.
        let other = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")]).await?;
        let gate = lab.tiingo.hold_answers();

        let mut asked = vec![holder.begin(ohlc("AAPL").range("1W"))];
        expect("the holder asks the provider", gate.arrived(1).await).is(true)?;
        asked.push(other.begin(ohlc("AAPL").range("1M")));
        asked.push(other.begin(ohlc("AAPL").range("1W").resolution("5")));
        expect("requests for another range and resolution do too", gate.arrived(3).await).is(true)?;
        lab.time_is("2026-02-04T05:00:05Z"); // February 4th; the holder's lease is still running
        asked.push(other.begin(ohlc("AAPL").range("1W")));
        expect("a request for another day does too", gate.arrived(4).await).is(true)?;

        expect("locks that were refused", refused_locks(lab)).is(0)?;
        gate.open();
        for asking in asked {
            asking.answer().await?.comes_from("tiingo")?;
        }
    }
}

fn refused_locks(lab: &harness::Lab) -> usize {
    let calls = lab.journal.to(harness::observe::journal::Party::DynamoDb);
    let locks = calls.iter().filter(|call| call.operation == "PutItem" && call.request["Item"]["SK"]["S"] == "LOCK");
    locks.filter(|call| call.answer.as_ref().is_some_and(|answer| answer.status == 400)).count()
}
