use harness::{Lab, Server, Verdict, expect, ohlc, scenario};

/// Tickers, and how Tiingo spells them.
const CLASSES: [(&str, &str); 4] =
    [("BAC-P-A", "BAC-P-A"), ("ACAQ-WS", "ACAQ-WS"), ("BF.B", "BF-B"), ("BRK.B.WS", "BRK-B-WS")];

scenario! {
    G27 P1 "A ticker may have two groups after its symbol, BAC-P-A, on either provider and in every layer; what only looks like one is a 400"
    from ["decisions.md#ticker"]
    needs [DropL1]
    catches ["one-class-at-most", "space-around-a-ticker-cut", "full-width-letters-folded"]
    async fn tickers_of_classes(lab: &mut Lab) {
        let server = lab.server().await?;
        for (ticker, spelt) in CLASSES {
            lab.tiingo.lists(ticker).since("2020-01-02");
            lab.finnhub.lists(ticker).since("2020-01-02");
            whole_flow(lab, &server, ticker, "D", &format!("/tiingo/daily/{spelt}/prices")).await?;
            whole_flow(lab, &server, ticker, "15", &format!("/iex/{spelt}/prices")).await?;
            server.ask(ohlc(&ticker.to_lowercase()).range("1W")).await?.comes_from("dynamodb")?;

            // The other provider knows it as it is.
            lab.tiingo.unavailable();
            server.ask(ohlc(ticker).range("1M").resolution("60")).await?.comes_from("finnhub")?;
            lab.tiingo.recovers();
            let symbol = lab.finnhub.calls().pop().and_then(|call| call.parameter("symbol").map(str::to_owned));
            expect("the symbol that Finnhub was asked for", symbol).is(Some(ticker.to_owned()))?;
        }
        let calls = lab.tiingo.calls().len();
        let no_tickers = [
            "BAC-P-A-B", "BAC--A", "BAC-", "-A", "BAC-P-", "BAC.-A", "BAC-P-ABC", "BAC-P-1", "BAC-P1", "BAC_P", "AAPL\n", "\nAAPL",
            "AAPL\r\n", "BAC-P-A\n", "AAPL%0A", " AAPL", "AAPL ", "AAPL\0", "ＡＡＰＬ", "AAPＬ", "BAC－P", "ΑAPL", "AAPL\u{200b}",
        ];
        for text in no_tickers {
            refused(&server, text, ohlc(text)).await?;
        }
        for path in ["AAPL%0A", "AAPL%0D%0A", "%20AAPL", "AAPL%00", "%EF%BC%A1%EF%BC%A1", "%FF", "BAC%2FP"] {
            let reply = server.get(&format!("/api/v2/tickers/{path}/ohlc?range=1W"), &[]).await?;
            expect(format!("the status of {path}"), reply.status).is(400)?;
            expect(format!("the code of {path}"), reply.field("code")).is("invalid_ticker")?;
        }
        expect("provider calls", lab.tiingo.calls().len()).is(calls)?;

        // Each is a ticker of its own.
        expect("the status", server.invalidate(Some("BAC-P-A")).await?.status).is(200)?;
        server.ask(ohlc("ACAQ-WS").range("1W")).await?.comes_from("dynamodb")?;
        server.ask(ohlc("BAC-P-A").range("1W")).await?.comes_from("tiingo")?;
    }
}

/// From the provider, from memory, and from the table.
async fn whole_flow(lab: &Lab, server: &Server, ticker: &str, resolution: &str, path: &str) -> Verdict {
    let ask = ohlc(ticker).range("1W").resolution(resolution);
    let fetched = server.ask(ask.clone()).await?.comes_from("tiingo")?;
    expect("the ticker", fetched.field("ticker")).is(ticker)?;
    let asked = lab.tiingo.calls().pop().map(|call| call.path);
    expect("what Tiingo was asked", asked).is(Some(path.to_owned()))?;
    let expected = lab.tiingo.expected(ticker, resolution, "2026-01-27", "2026-02-03");
    expect("the candles", fetched.candles()?).is(expected)?;
    server.ask(ask.clone()).await?.comes_from("in-memory")?;
    server.idle().await?;
    server.drop_l1().await?;
    let read = server.ask(ask).await?.comes_from("dynamodb")?;
    expect("the candles from the table", read.candles()?).is(fetched.candles()?)
}

async fn refused(server: &Server, text: &str, ask: harness::Ask) -> Verdict {
    let reply = server.ask(ask).await?;
    expect(format!("the status of {text:?}"), reply.status).is(400)?;
    expect(format!("the code of {text:?}"), reply.field("code")).is("invalid_ticker")
}
