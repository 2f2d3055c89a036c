use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D12 P1 "1W and 1M of one ticker have separate locks and are fetched at the same time"
    from ["decisions.md#lock-key"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["lock-by-ticker-alone"]
    async fn ranges_do_not_block(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let week = lab.server().await?;
        let month = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")]).await?;
        let gate = lab.tiingo.hold_answers();
        let asked_week = week.begin(ohlc("AAPL").range("1W"));
        expect("the week is being fetched", gate.arrived(1).await).is(true)?;
        let asked_month = month.begin(ohlc("AAPL").range("1M"));
        expect("so is the month", gate.arrived(2).await).is(true)?;
        let own = ["1W", "1M"].map(|range| (format!("LOCK#ohlc:AAPL:D:{range}:2026-02-03"), 200));
        expect("locks that were tried, and what came of it", locks::tried(lab)).is(own)?;
        gate.open();
        asked_week.answer().await?.comes_from("tiingo")?;
        asked_month.answer().await?.comes_from("tiingo")?;
    }
}
