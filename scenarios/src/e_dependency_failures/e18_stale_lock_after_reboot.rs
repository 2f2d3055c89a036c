use harness::{Need, expect, ohlc, scenario};

scenario! {
    E18 P1 "A lock left by a killed process is respected until its lease ends, then taken over"
    from ["decisions.md#lock-lease", "decisions.md#lock-is-free"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["lock-without-an-end"]
    async fn stale_lock_after_reboot(lab: &mut Lab) {
        lab.time_is("2026-02-03T22:00:00Z");
        // Nobody lists this ticker, so nothing but the lock is ever written.
        let ask = ohlc("NOPE").range("1W");
        let lock = "LOCK#ohlc:NOPE:D:1W:2026-02-03";
        let killed = lab.server().await?;
        let gate = lab.tiingo.hold_answers();
        let asking = killed.begin(ask.clone());
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        let left = lab.table.items_under(lock).await?.into_iter().next();
        let left = expect("the lock that is held meanwhile", left).is_there()?;
        if lab.can(Need::Kill) {
            lab.kill(&killed).await?;
            gate.open();
        } else {
            gate.open();
            asking.answer().await?;
            // What a process leaves behind that is killed while it waits: its lock, as it was.
            lab.table.put(left.clone()).await?;
        }

        let next = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")]).await?;
        lab.time_is("2026-02-03T22:00:29Z");
        next.ask(ask.clone()).await?;
        expect("the lock during its lease", lab.table.items_under(lock).await?).is([left])?;
        lab.time_is("2026-02-03T22:00:30Z");
        next.ask(ask).await?;
        let left = lab.table.items_under(lock).await?;
        expect("locks that are left when a new holder has given its own back", left.len()).is(0)?;
    }
}
