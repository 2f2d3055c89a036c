use harness::{expect, ohlc, scenario};

scenario! {
    A11 P1 "No cache between a server and its client may keep an answer of the API, be it candles or a refusal"
    from ["contract.md#headers"]
    needs []
    catches ["caches-on-the-way-may-keep"]
    async fn no_cache_on_the_way(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let asked = [
            (ohlc("AAPL").range("1W"), 200),
            (ohlc("AAPL").range("1W"), 200),
            (ohlc("NOPE").range("1W"), 404),
        ];
        for (ask, status) in asked {
            let shown = ask.to_string();
            let reply = server.ask(ask).await?;
            expect(format!("the status of {shown}"), reply.status).is(status)?;
            expect(format!("Cache-Control of {shown}"), reply.header("cache-control")).is("no-store")?;
        }
        let stranger = server.send("GET", "/api/v2/tickers/AAPL/ohlc?range=1W", &[], "").await?;
        expect("Cache-Control of a 401", stranger.header("cache-control")).is("no-store")?;
    }
}
