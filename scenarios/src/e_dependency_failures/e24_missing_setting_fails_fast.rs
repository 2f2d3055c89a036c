use harness::{expect, scenario};

scenario! {
    E24 P1 "Without a required setting the server does not start, and names it"
    from ["decisions.md#table-name", "decisions.md#one-place-for-settings", "decisions.md#malformed"]
    needs [OwnEnvironment]
    catches ["default-table-name"]
    async fn missing_setting_fails_fast(lab: &mut Lab) {
        for missing in ["TIINGO_API_KEY", "OHLC_CACHE_TABLE"] {
            let said = lab.server_refuses_to_start_with([(missing, "")]).await?;
            expect("what it says", said).holds(format!("{missing} in it"), |said| said.contains(missing))?;
        }
        let said = lab.server_refuses_to_start_with([("OHLC_CACHE_TABLE", ""), ("TIINGO_API_KEY", "")]).await?;
        let both = |said: &String| said.contains("OHLC_CACHE_TABLE") && said.contains("TIINGO_API_KEY");
        expect("what it says when both are missing", said).holds("both in it", both)?;

        // Nor with a name that no table has, or an address that none is; what may hold a password is not quoted.
        let said = lab.server_refuses_to_start_with([("OHLC_CACHE_TABLE", "ab")]).await?;
        expect("what it says", said).holds("OHLC_CACHE_TABLE in it", |said| said.contains("OHLC_CACHE_TABLE"))?;
        let said = lab.server_refuses_to_start_with([("TIINGO_BASE_URL", "ftp://user:hush@tiingo.test")]).await?;
        let named = |said: &String| said.contains("TIINGO_BASE_URL") && !said.contains("hush");
        expect("what it says of an address", said).holds("its name, and nothing of what it was set to", named)?;
    }
}
