use harness::{expect, ohlc, scenario};

scenario! {
    G9 P2 "META and FB have separate keys, in memory and in the table"
    from ["decisions.md#cache-key", "decisions.md#partition-key"]
    needs []
    catches ["renamed-tickers-aliased"]
    async fn symbol_change(lab: &mut Lab) {
        let server = lab.server().await?;
        for ticker in ["META", "FB"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            let reply = server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
            expect("the key", reply.cache_key()).is(format!("ohlc:{ticker}:D:1W:2026-02-03"))?;
            let expected = lab.tiingo.expected(ticker, "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles of {ticker}"), reply.candles()?).is(expected)?;
            expect("candles stored", lab.table.items_under(&format!("{ticker}#tiingo")).await?.len()).is(6)?;
        }
    }
}
