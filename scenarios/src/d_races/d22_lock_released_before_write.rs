use harness::faults::on;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D22 P2 "The lock is released before the first candle is written"
    from ["decisions.md#write-through"]
    needs []
    catches ["lock-held-through-the-write"]
    async fn lock_released_before_write(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let gate = lab.dynamodb.hold(on("BatchWriteItem"));
        let asking = server.begin(ohlc("AAPL").range("1W"));
        expect("the first batch is on its way", gate.arrived(1).await).is(true)?;
        expect("locks taken", locks::statuses(lab)).is([200])?;
        expect("the holder", locks::holder(lab, "LOCK#ohlc:AAPL:D:1W:2026-02-03").await?).is(None)?;
        gate.open();
        asking.answer().await?.comes_from("tiingo")?;
    }
}
