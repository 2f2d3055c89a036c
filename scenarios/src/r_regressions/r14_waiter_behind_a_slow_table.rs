//! Issue 14: in a slow table a waiter's 15 looks took 17 s. Behind a holder that was dead everybody who asked got a 503
//! until the lease ended, though the provider was well.

use harness::faults::{Latency, everything};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::last_answer_took;
use crate::vocabulary::locks;

scenario! {
    R14 P1 "In a slow table a waiter fetches by itself while there is time for an answer, and not before it had time to wait"
    from ["decisions.md#patience-of-a-waiter", "decisions.md#waiters-fetch-in-the-end"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["waiter-counts-looks-alone", "waiter-without-patience"]
    async fn waiter_behind_a_slow_table(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let dead = lab.server().await?;
        let time = lab.time();
        let shorter = time.shortened([
            ("OHLC_PROVIDER_TIMEOUT", 3_000),
            ("OHLC_CEILING_MARGIN", 200),
            ("OHLC_CEILING", 4_000),
            ("OHLC_SLOW_LOOK", 800),
            ("OHLC_PARTITION_PATIENCE", 100),
            ("OHLC_LOCK_POLL_EVERY", 80),
        ]);
        let waiter = lab.another_server_with(shorter).await?;
        // To the others, a holder that hangs is as good as dead.
        let gate = lab.tiingo.hold_answers();
        lab.tiingo.hangs().for_calls(1);
        drop(dead.begin(ohlc("AAPL").range("1W")));
        expect("the holder asks the provider", gate.arrived(1).await).is(true)?;
        gate.open();

        lab.dynamodb.inject(everything(), Latency::of(time.milliseconds(700, 200)));
        waiter.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("locks tried", locks::statuses(lab)).is([200, 400])?;
        let took = expect("the time that the answer took", last_answer_took(lab)).is_there()?;
        // What was fetched is written, which is one more call.
        let right = time.exactly_or_at_least(15 * 200 + 1_000 + 700, 15 * 80 + 800);
        expect("the time that the answer took", took).lies_in(&right)?;
    }
}
