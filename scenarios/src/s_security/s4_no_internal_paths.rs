use harness::faults::{ErrorAnswer, everything};
use harness::{expect, ohlc, scenario};

scenario! {
    S4 P0 "No failure's body names a path, a host, a table or a component"
    from ["decisions.md#told"]
    needs [FailPoints]
    catches ["cause-told", "internals-named", "source-path-told"]
    async fn no_internal_paths(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        server.fails_at("look-up", "error").await?;
        expect("the status of a defect", server.ask(ohlc("AAPL")).await?.status).is(500)?;
        server.fails_nowhere().await?;

        expect("the status of an unknown ticker", server.ask(ohlc("ZZZZ")).await?.status).is(404)?;
        expect("the status of a bad ticker", server.ask(ohlc("A1")).await?.status).is(400)?;
        expect("the status of a bad range", server.ask(ohlc("AAPL").range("1X")).await?.status).is(400)?;
        expect("the status of a bad path", server.get("/api/v2/nothing", &[]).await?.status).is(404)?;
        let method = server.post("/api/v2/tickers/AAPL/ohlc", "", "a-token-of-no-use").await?;
        expect("the status of a bad method", method.status).is(405)?;
        let body = server.post("/api/v2/cache/invalidate", "{", harness::ADMIN_TOKEN).await?;
        expect("the status of a bad body", body.status).is(400)?;
        // DynamoDB cannot be cleared.
        server.invalidate(None).await?;

        lab.tiingo.answers(503);
        lab.finnhub.answers(503);
        expect("the status of a bad day", server.ask(ohlc("AAPL").range("1M")).await?.status).is(503)?;
        lab.remains().await?.hold_nothing_internal()?;
    }
}
