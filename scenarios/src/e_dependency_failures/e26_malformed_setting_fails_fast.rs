use harness::{expect, scenario};

scenario! {
    E26 P1 "A setting that does not parse stops the start, is named with a valid example, and its value is not shown"
    from ["decisions.md#malformed"]
    needs [OwnEnvironment]
    catches ["malformed-setting-falls-back", "malformed-setting-quoted"]
    async fn malformed_setting_fails_fast(lab: &mut Lab) {
        let malformed = [
            ("OHLC_LOCK_LEASE", "soon", "30s"),
            ("OHLC_BREAKER_THRESHOLD", "three", "3"),
            ("OHLC_L1_ENTRIES", "-1", "OHLC_L1_ENTRIES=1000"),
            ("TIINGO_BASE_URL", "api.tiingo.com", "https://api.tiingo.com"),
        ];
        for (name, text, example) in malformed {
            let said = lab.server_refuses_to_start_with([(name, text)]).await?;
            let names = |said: &String| said.contains(name) && said.contains(example);
            expect(format!("what it says of {name}={text}"), said).holds(format!("{name} and {example}"), names)?;
        }
        for (name, secret) in [("TIINGO_API_KEY", "hush hush"), ("OHLC_JWT_SECRET", "hush")] {
            let said = lab.server_refuses_to_start_with([(name, secret)]).await?;
            let discreet = |said: &String| said.contains(name) && !said.contains("hush");
            expect("what it says of a secret", said).holds(format!("{name}, without its text"), discreet)?;
        }
    }
}
