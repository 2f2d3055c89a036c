use harness::{expect, ohlc, scenario};

scenario! {
    E3 P0 "A provider's 503 is not cached: the next request after its recovery gets fresh candles"
    from ["decisions.md#errors-are-never-cached"]
    needs []
    catches ["unavailable-cached"]
    async fn provider_503_not_cached(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.unavailable();
        lab.finnhub.unavailable();
        let server = lab.server().await?;
        let during = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("the status while every provider is down", during.status).is(503)?;
        expect("items stored of it", lab.table.items().await?.len()).is(0)?;

        lab.tiingo.recovers();
        let after = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("candles", after.candles()?.len()).is(6)?;
    }
}
