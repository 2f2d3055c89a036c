use harness::{expect, ohlc, scenario};

scenario! {
    E19 P1 "With every provider down, the 503 says that it is temporary and to try again, and names no component"
    from ["decisions.md#told", "decisions.md#comes-back"]
    needs []
    catches ["bare-status", "internals-named"]
    async fn error_all_providers_down(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.unavailable();
        lab.finnhub.answers(500);
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("the status", reply.status).is(503)?;
        let text = reply.text.to_lowercase();
        let says = |text: &String| ["temporarily unavailable", "try again"].iter().all(|words| text.contains(words));
        expect("what the client is told", text.clone()).holds("that it passes, and what to do", says)?;
        let components = ["tiingo", "finnhub", "dynamodb", "aws", "127.0.0.1", lab.table.name()];
        let named: Vec<&str> = components.into_iter().filter(|component| text.contains(component)).collect();
        expect("components that are named", named).holds("none", Vec::is_empty)?;
    }
}
