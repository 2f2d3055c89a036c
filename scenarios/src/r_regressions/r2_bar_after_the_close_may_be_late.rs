//! Issue 2: a provider publishes the day's bar some time after the close. A request before
//! that made the server record for 90 days that the bar does not exist.

use harness::providers::Row;
use harness::{expect, ohlc, scenario};

scenario! {
    R2 P1 "A daily bar that the provider lacks right after the close is fetched again and then served"
    from ["decisions.md#absence-settles"]
    needs [Clock, DropL1]
    catches ["late-bar-taken-as-absent"]
    async fn bar_after_the_close_may_be_late(lab: &mut Lab) {
        let bars = ["2026-02-02", "2026-02-03"].map(|day| Row::new(day, "10", "10", "10", "10", "1"));
        let ask = ohlc("AAPL").between("2026-02-02", "2026-02-03");
        let server = lab.server().await?;
        lab.tiingo.lists("AAPL").rows("D", bars[..1].to_vec());
        lab.time_is("2026-02-03T21:00:30Z");
        let early = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("bars half a minute after the close", early.candles()?.len()).is(1)?;
        server.idle().await?;

        lab.tiingo.lists("AAPL").rows("D", bars);
        lab.time_is("2026-02-04T02:00:00Z");
        server.drop_l1().await?;
        let published = server.ask(ask).await?.comes_from("tiingo")?;
        expect("bars when it is published", published.candles()?.len()).is(2)?;
    }
}
