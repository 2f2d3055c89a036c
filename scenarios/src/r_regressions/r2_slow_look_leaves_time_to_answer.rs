//! Issue 2: a first look into a slow table, the lock and a second look together took longer than the deadline of 5 s, and
//! the provider's answer was thrown away.

use harness::faults::{Latency, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    R2 P1 "After a slow look into the table the provider is asked at once, without a lock"
    from ["decisions.md#slow-look"]
    needs [OwnEnvironment]
    catches ["no-end-to-patience-with-a-slow-table"]
    async fn slow_look_leaves_time_to_answer(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // A slow look is one of 20 ms where it is waited for, so that the table's 60 ms are slow.
        let time = lab.time();
        let server = lab.another_server_with(time.shortened([("OHLC_SLOW_LOOK", 20)])).await?;
        let slow = lab.dynamodb.inject(on("Query"), Latency::of(time.milliseconds(1_100, 60)));
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("slow looks into the table", slow.applied()).is_not(0)?;
        expect("tries to take a lock", locks::tried(lab).len()).is(0)?;
    }
}
