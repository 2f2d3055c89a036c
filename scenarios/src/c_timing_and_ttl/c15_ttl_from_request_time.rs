use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, seconds_left};

scenario! {
    C15 P2 "ExpiresAt counts from the request's start, however slow the provider is"
    from ["decisions.md#item-expiry"]
    needs [Clock]
    catches ["ttl-from-the-write"]
    async fn ttl_from_request_time(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.server().await?;
        let gate = lab.tiingo.hold_answers();
        let asking = server.begin(ohlc("AAPL").range("1W"));
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        lab.time_is("2026-02-03T22:01:40Z");
        gate.open();
        asking.answer().await?.comes_from("tiingo")?;
        server.idle().await?;
        let left = seconds_left(lab, "AAPL#tiingo", "D#2026-02-02T00:00:00Z").await?;
        expect("seconds until it expires, 100 seconds after the request", left).is(LONG - 100)?;
    }
}
