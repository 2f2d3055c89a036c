use harness::{expect, scenario};

scenario! {
    D14 P2 required "A lock lease below twice the provider's timeout is refused when the settings load, by name"
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
