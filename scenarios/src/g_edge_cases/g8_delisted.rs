use harness::{expect, ohlc, scenario};

scenario! {
    G8 P2 "A ticker that the provider no longer knows is a 404, which is not cached: when it returns, so do its candles"
    from ["decisions.md#errors-are-never-cached", "decisions.md#provider-failure"]
    needs [DropL1]
    catches ["unknown-ticker-is-unavailable"]
    async fn delisted(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.delists("AAPL");
        let server = lab.server().await?;
        for turn in 1..=2 {
            let reply = server.ask(ohlc("AAPL").range("1W")).await?;
            expect("status", reply.status).is(404)?;
            expect("code", reply.field("code")).is("unknown_ticker")?;
            expect("provider calls so far", lab.tiingo.calls().len()).is(turn)?;
        }
        server.idle().await?;
        expect("items stored", lab.table.items().await?.len()).is(0)?;
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("candles", reply.candles()?.len()).is(6)?;
    }
}
