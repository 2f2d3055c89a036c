use harness::{ADMIN_TOKEN, expect, ohlc, scenario};

/// Bodies that are not the contract's, though some parsers take them for it.
const BODIES: [&str; 24] = [
    "",
    " ",
    "null",
    "true",
    "5",
    r#""AAPL""#,
    "AAPL",
    "[]",
    "[null]",
    r#"["AAPL"]"#,
    r#"[{"ticker": "AAPL"}]"#,
    r#"{"ticker": null}"#,
    r#"{"ticker": 5}"#,
    r#"{"ticker": true}"#,
    r#"{"ticker": ["AAPL"]}"#,
    r#"{"ticker": {"ticker": "AAPL"}}"#,
    r#"{"Ticker": "AAPL"}"#,
    r#"{"tickers": "AAPL"}"#,
    r#"{"ticker": "AAPL", "everything": true}"#,
    r#"{"ticker": "AAPL", "ticker": "MSFT"}"#,
    r#"{"ticker": "AAPL""#,
    r#"{"ticker": "AAPL"}{}"#,
    "{'ticker': 'AAPL'}",
    "ticker=AAPL",
];

scenario! {
    G29 P1 "A body of an invalidation that is not the contract's is a 400, and nothing is cleared"
    from ["decisions.md#invalidation-body"]
    needs []
    catches ["bodies-as-the-parser-likes-them", "unknown-fields-of-a-body-left-out", "nothing-means-everything"]
    async fn bodies_of_the_admin(lab: &mut Lab) {
        let server = lab.server().await?;
        for ticker in ["AAPL", "MSFT"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
        }
        server.idle().await?;
        let stored = lab.table.items().await?.len();
        let deep = format!("{{\"ticker\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        for body in BODIES.into_iter().chain([deep.as_str()]) {
            let shown: String = body.chars().take(40).collect();
            let reply = server.post("/api/v2/cache/invalidate", body, ADMIN_TOKEN).await?;
            expect(format!("the status of {shown}"), reply.status).is(400)?;
            expect(format!("the code of {shown}"), reply.field("code")).is("invalid_body")?;
            expect(format!("items after {shown}"), lab.table.items().await?.len()).is(stored)?;
        }
        for ticker in ["", "GOOGLE", "AAPL\\n", "AAPL*"] {
            let body = format!(r#"{{"ticker": "{ticker}"}}"#);
            let reply = server.post("/api/v2/cache/invalidate", &body, ADMIN_TOKEN).await?;
            expect(format!("the code of {body}"), reply.field("code")).is("invalid_ticker")?;
        }
        for ticker in ["AAPL", "MSFT"] {
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("in-memory")?;
        }

        // However JSON may be written, this one is the contract's.
        let body = "\r\n\t{ \"\\u0074icker\" : \"aa\\u0070l\" } ";
        expect("the status", server.post("/api/v2/cache/invalidate", body, ADMIN_TOKEN).await?.status).is(200)?;
        expect("items of AAPL", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("in-memory")?;
    }
}
