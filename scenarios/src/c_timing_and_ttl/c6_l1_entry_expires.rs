use harness::{ohlc, scenario};

scenario! {
    C6 P2 "An entry in memory is not served after its hour"
    from ["decisions.md#l1-ttl"]
    needs [Clock]
    catches ["l1-without-expiry"]
    async fn l1_entry_expires(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").between("2025-06-02", "2025-06-30");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        lab.time_is("2026-02-03T22:59:59Z");
        server.ask(ask.clone()).await?.comes_from("in-memory")?;
        lab.time_is("2026-02-03T23:00:00Z");
        server.ask(ask).await?.comes_from("dynamodb")?;
    }
}
