use harness::{expect, ohlc, scenario};

scenario! {
    E29 P1 "After a 429 the provider is not called until its Retry-After has passed, then again"
    from ["decisions.md#left-alone"]
    needs [Clock]
    catches ["retry-after-not-obeyed", "provider-left-alone-forever"]
    async fn recovering_provider_not_flooded(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let server = lab.server().await?;
        lab.tiingo.rate_limited(Some(30)).for_calls(1);
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("finnhub")?;
        lab.time_is("2026-02-03T22:00:29Z");
        for ticker in ["MSFT", "GOOG"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("finnhub")?;
        }
        expect("calls to the provider that asked for patience", lab.tiingo.calls().len()).is(1)?;

        lab.time_is("2026-02-03T22:00:30Z");
        lab.tiingo.lists("AMZN").since("2020-01-02");
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
    }
}
