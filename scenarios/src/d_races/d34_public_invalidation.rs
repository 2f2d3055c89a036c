use harness::{ADMIN_TOKEN, TOKEN, expect, ohlc, scenario};

scenario! {
    D34 P2 "The invalidation endpoint needs an admin token and clears every layer"
    from ["decisions.md#admin-token", "decisions.md#invalidated-layers"]
    needs []
    catches [
        "invalidation-without-authority", "readers-invalidate",
        "invalidation-leaves-memory", "invalidation-leaves-the-table",
    ]
    async fn public_invalidation(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1W");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let stored = lab.table.items().await?.len();
        for (token, status) in [("", 401), ("a-token-of-nobody", 401), (TOKEN, 403)] {
            let refused = server.post("/api/v2/cache/invalidate", "{}", token).await?;
            expect(format!("status with the token {token:?}"), refused.status).is(status)?;
        }
        expect("items after three refusals", lab.table.items().await?.len()).is(stored)?;
        server.ask(ask.clone()).await?.comes_from("in-memory")?;

        let admitted = server.post("/api/v2/cache/invalidate", r#"{"ticker": "aapl"}"#, ADMIN_TOKEN).await?;
        expect("status with an admin's token", admitted.status).is(200)?;
        expect("items afterwards", lab.table.items().await?.len()).is(0)?;
        server.ask(ask).await?.comes_from("tiingo")?;
    }
}
