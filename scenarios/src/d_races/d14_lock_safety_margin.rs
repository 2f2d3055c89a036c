use harness::{expect, scenario};

scenario! {
    D14 P2 "A lock lease shorter than twice the provider's timeout stops the start, by name"
    from ["decisions.md#time-budget"]
    needs [OwnEnvironment]
    catches ["short-lease-accepted"]
    async fn lock_safety_margin(lab: &mut Lab) {
        let refusal = lab.server_refuses_to_start_with([("OHLC_LOCK_LEASE", "7999ms")]).await?;
        expect("the refusal", refusal)
            .holds("OHLC_LOCK_LEASE=8s as an example", |text| text.contains("OHLC_LOCK_LEASE=8s"))?;
        let slower = [("OHLC_PROVIDER_TIMEOUT", "16s"), ("OHLC_CEILING", "20s")];
        let refusal = lab.server_refuses_to_start_with(slower).await?;
        expect("the refusal of the default lease", refusal)
            .holds("OHLC_LOCK_LEASE=32s as an example", |text| text.contains("OHLC_LOCK_LEASE=32s"))?;
        lab.another_server_with([("OHLC_LOCK_LEASE", "8s")]).await?;
    }
}
