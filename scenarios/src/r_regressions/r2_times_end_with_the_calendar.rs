//! Issue 2: 300,000 years are a valid duration, but the calendar has no such date: the server started, and panicked when
//! it computed the first expiry.

use harness::{expect, scenario};

scenario! {
    R2 P1 "A duration that reaches beyond the calendar stops the start, named with a valid example"
    from ["decisions.md#longest-time"]
    needs [OwnEnvironment]
    catches ["times-of-any-length"]
    async fn times_end_with_the_calendar(lab: &mut Lab) {
        lab.another_server_with([("OHLC_L1_TTL", "100years")]).await?;
        for name in ["OHLC_L1_TTL", "OHLC_TTL_FINISHED", "OHLC_BREAKER_COOLDOWN"] {
            let said = lab.server_refuses_to_start_with([(name, "300000years")]).await?;
            let names = |said: &String| said.contains(name) && said.contains("90d");
            expect(format!("what it says of {name}"), said).holds("its name, and an example like 90d", names)?;
        }
    }
}
