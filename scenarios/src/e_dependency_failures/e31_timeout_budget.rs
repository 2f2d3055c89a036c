use harness::{expect, scenario};

scenario! {
    E31 P1 "The provider's timeout is 4 s and the deadline 5 s; less than 800 ms between the two stops the start"
    from ["decisions.md#time-budget", "decisions.md#provider-timeout", "decisions.md#ceiling", "decisions.md#ceiling-margin"]
    needs [OwnEnvironment]
    catches ["time-budget-not-checked", "no-time-left-after-a-provider"]
    async fn timeout_budget(lab: &mut Lab) {
        // What each of them is when nobody sets it shows in how far the other may go.
        lab.another_server_with([("OHLC_CEILING", "4800ms")]).await?;
        lab.another_server_with([("OHLC_PROVIDER_TIMEOUT", "4200ms")]).await?;
        for (name, text) in [("OHLC_CEILING", "4799ms"), ("OHLC_PROVIDER_TIMEOUT", "4201ms")] {
            let said = lab.server_refuses_to_start_with([(name, text)]).await?;
            let names = |said: &String| {
                ["OHLC_CEILING", "OHLC_PROVIDER_TIMEOUT", "800ms"].iter().all(|words| said.contains(words))
            };
            expect(format!("what it says of {name}={text}"), said).holds("both settings, and the margin", names)?;
        }
    }
}
