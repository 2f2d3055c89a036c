use harness::{expect, ohlc, scenario};

scenario! {
    A3 P1 "`aapl` after `AAPL` is a hit and stores nothing new"
    from ["decisions.md#ticker"]
    needs []
    catches ["ticker-case-kept"]
    async fn ticker_case_normalization(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let upper = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let stored = lab.table.items().await?.len();

        for ticker in ["aapl", "aApL"] {
            let other = server.ask(ohlc(ticker).range("1W")).await?.comes_from("in-memory")?;
            expect(format!("the body for {ticker}"), other.text).is(upper.text.as_str())?;
            expect(format!("the key for {ticker}"), other.headers.get("x-cache-key"))
                .is(upper.headers.get("x-cache-key"))?;
        }
        expect("provider calls", lab.tiingo.calls().len()).is(1)?;
        expect("stored items", lab.table.items().await?.len()).is(stored)?;
    }
}
