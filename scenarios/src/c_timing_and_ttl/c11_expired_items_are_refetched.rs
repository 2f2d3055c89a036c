use harness::{expect, ohlc, scenario};

scenario! {
    C11 P2 "An item past ExpiresAt that DynamoDB has not yet deleted is a miss"
    from ["decisions.md#still-good"]
    needs [Clock, DropL1]
    catches ["ttl-left-to-dynamodb"]
    async fn expired_items_are_refetched(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").between("2025-06-02", "2025-06-30");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let stored = lab.table.items().await?.len();

        lab.time_is("2026-05-04T21:59:59Z"); // one second before its 90 days are over
        server.ask(ask.clone()).await?.comes_from("dynamodb")?;
        server.drop_l1().await?;
        lab.time_is("2026-05-04T22:00:00Z");
        expect("items that are still there", lab.table.items().await?.len()).is(stored)?;
        server.ask(ask).await?.comes_from("tiingo")?;
    }
}
