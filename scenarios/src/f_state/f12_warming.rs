use harness::{expect, ohlc, scenario};

/// What most clients ask for first.
const TICKERS: [&str; 7] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "META", "NVDA"];

scenario! {
    F12 P2 "After warming, the first client's request is a hit, and warming again costs nothing"
    from ["decisions.md#warming"]
    needs [Clock, Warm]
    catches ["warming-under-keys-nobody-reads", "warming-of-a-week-alone"]
    async fn warming(lab: &mut Lab) {
        lab.time_is("2026-02-04T13:00:00Z"); // 08:00 in New York
        // One is older than a week; the others came later, so that their windows are whole with few candles.
        for ticker in TICKERS {
            lab.tiingo.lists(ticker).since(if ticker == "AAPL" { "2026-01-26" } else { "2026-02-03" });
        }
        lab.warm().await?;
        let calls = lab.tiingo.calls().len();
        expect("provider calls", calls).is(21)?;

        lab.time_is("2026-02-04T14:29:00Z"); // a minute before the open
        let server = lab.server().await?;
        for ticker in TICKERS {
            for resolution in ["D", "5", "15"] {
                let first = server.ask(ohlc(ticker).resolution(resolution)).await?.comes_from("dynamodb")?;
                let expected = lab.tiingo.expected(ticker, resolution, "2026-01-05", "2026-02-03");
                expect(format!("candles of {ticker} at {resolution}"), first.candles()?).is(expected)?;
            }
        }
        lab.warm().await?;
        expect("provider calls after a second run", lab.tiingo.calls().len()).is(calls)?;

        // A ticker that nobody gives any more leaves the others warm.
        expect("status of the invalidation", server.invalidate(Some("TSLA")).await?.status).is(200)?;
        lab.tiingo.delists("TSLA");
        let said = lab.warming_fails().await?;
        expect("what is said then", said).holds("which ticker is not warm", |said| said.contains("TSLA"))?;
        expect("calls about the others", lab.tiingo.calls().len() - lab.tiingo.calls_about("TSLA").len()).is(18)?;
    }
}
