//! Issue 3: with a metrics interval of 0 s the task that writes metrics panicked at once, and nobody noticed. With a timeout
//! of 0 s, or 0 attempts, a server started and served nothing.

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P2 "A setting of zero stops the start, by name, where nothing would work with it; elsewhere it is accepted"
    from ["decisions.md#may-be-zero"]
    needs [OwnEnvironment]
    catches ["zero-goes-for-anything", "zero-goes-for-nothing"]
    async fn zero_is_refused_where_nothing_works(lab: &mut Lab) {
        for (setting, zero, example) in [
            ("OHLC_PROVIDER_TIMEOUT", "0ms", "30s"),
            ("OHLC_DYNAMODB_TIMEOUT", "0s", "30s"),
            ("OHLC_DYNAMODB_ATTEMPTS", "0", "3"),
            ("OHLC_BREAKER_THRESHOLD", "0", "3"),
            // Last, because a server that takes it panics where everybody sees it.
            ("OHLC_METRICS_EVERY", "0s", "30s"),
        ] {
            let said = lab.server_refuses_to_start_with([(setting, zero)]).await?;
            let helps = |said: &String| said.contains(setting) && said.contains(example);
            expect(format!("what it says of {setting}={zero}"), said).holds(format!("{setting} and {example}"), helps)?;
        }
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let none = [("OHLC_BATCH_RETRIES", "0"), ("OHLC_LOCK_POLLS", "0"), ("OHLC_L1_TTL", "0s"), ("OHLC_WRITE_WAIT", "0s")];
        let server = lab.server_starts_with(none).await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
    }
}
