use harness::{expect, ohlc, scenario};

scenario! {
    F2 P1 "An answer evicted from memory is read from the table the next time, not fetched again"
    from ["decisions.md#kept-from", "decisions.md#scan-resistant-memory"]
    needs [OwnEnvironment]
    catches ["memory-alone-keeps-answers"]
    async fn eviction_falls_to_l2(lab: &mut Lab) {
        let server = lab.another_server_with([("OHLC_L1_ENTRIES", "4")]).await?;
        let tickers = ["AAPL", "AMZN", "GOOG", "META", "MSFT", "NVDA", "TSLA", "F"];
        let mut fetched = Vec::new();
        for ticker in tickers {
            lab.tiingo.lists(ticker).since("2020-01-02");
            fetched.push(server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?);
        }
        server.idle().await?;

        let mut from_the_table = 0;
        for (ticker, fetched) in tickers.into_iter().zip(&fetched) {
            let again = server.ask(ohlc(ticker).range("1W")).await?;
            expect(format!("the candles of {ticker}"), again.candles_text()?).is(fetched.candles_text()?)?;
            let kept = |source: &&str| ["in-memory", "dynamodb"].contains(source);
            expect(format!("the source of {ticker}"), again.source()).holds("in-memory or dynamodb", kept)?;
            from_the_table += usize::from(again.source() == "dynamodb");
        }
        expect("provider calls in all", lab.tiingo.calls().len()).is(tickers.len())?;
        // Eight answers do not fit into memory for four.
        expect("answers from the table", from_the_table).holds("4 or more", |count| *count >= 4)?;
    }
}
