use harness::{expect, ohlc, scenario};

scenario! {
    G18 P3 "At 09:30:00 in New York the market is open, a second before it is not"
    from ["decisions.md#sessions"]
    needs [Clock]
    catches ["open-a-second-late"]
    async fn market_open(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1D").resolution("1");
        lab.time_is("2026-02-03T14:29:59Z");
        server.ask(ask.clone()).await?.comes_from("none")?;
        expect("provider calls before the bell", lab.tiingo.calls().len()).is(0)?;
        lab.time_is("2026-02-03T14:30:00Z");
        server.ask(ask).await?;
        expect("whether the provider was asked at the bell", lab.tiingo.calls().is_empty()).is(false)?;
    }
}
