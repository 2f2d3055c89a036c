use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D2 P0 "A dead holder's lock is respected for its whole lease of 30 seconds, then taken over"
    from ["decisions.md#lock-lease", "decisions.md#lock-is-free"]
    needs [Clock, SeveralInstances]
    catches ["lock-without-expiry"]
    async fn crashed_holder_releases(lab: &mut Lab) {
        lab.time_is("2026-02-03T22:00:00.250Z");
        let dead = lab.server().await?;
        let other = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")]).await?;
        // Two locks, because whoever waits in vain for one fetches its window, and then there is nothing to take over.
        let gate = lab.tiingo.hold_answers();
        lab.tiingo.hangs().for_calls(2);
        for ticker in ["AAPL", "MSFT"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            // Nobody will hear its answer: to the others, a holder that hangs is as good as dead.
            drop(dead.begin(ohlc(ticker).range("1W")));
        }
        expect("both are asked for", gate.arrived(2).await).is(true)?;
        gate.open();
        expect("locks taken", locks::statuses(lab)).is([200, 200])?;

        lab.time_is("2026-02-03T22:00:30Z");
        other.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("the try after 29.75 seconds", locks::statuses(lab)).is([200, 200, 400])?;
        lab.time_is("2026-02-03T22:00:31Z");
        other.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        expect("the try when they are over", locks::statuses(lab)).is([200, 200, 400, 200])?;
        other.idle().await?;
        expect("its holder afterwards", locks::holder(lab, "LOCK#ohlc:MSFT:D:1W:2026-02-03").await?).is(None)?;
    }
}
