use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D3 P0 "An instance whose lease was taken over cannot delete the new holder's lock"
    from ["decisions.md#lock-is-ours"]
    needs [Clock, SeveralInstances]
    catches ["lock-released-by-anyone"]
    async fn only_the_holder_releases(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let (slow, next) = (lab.server().await?, lab.another_server().await?);
        let lock = "LOCK#ohlc:AAPL:D:1W:2026-02-03";
        let gate = lab.tiingo.hold_answers();
        let first = slow.begin(ohlc("AAPL").range("1W"));
        expect("the first holder asks the provider", gate.arrived(1).await).is(true)?;
        let before = locks::holder(lab, lock).await?;
        lab.time_is("2026-02-03T22:00:31Z"); // its lease has ended
        let second = next.begin(ohlc("AAPL").range("1W"));
        expect("the second holder asks the provider", gate.arrived(2).await).is(true)?;
        let after = locks::holder(lab, lock).await?;
        expect("the holder", &after).is_not(&before)?;

        gate.release(1);
        first.answer().await?.comes_from("tiingo")?;
        slow.idle().await?;
        expect("the holder when the first one is done", locks::holder(lab, lock).await?).is(after)?;
        gate.open();
        second.answer().await?.comes_from("tiingo")?;
        next.idle().await?;
        expect("the holder when both are", locks::holder(lab, lock).await?).is(None)?;
    }
}
