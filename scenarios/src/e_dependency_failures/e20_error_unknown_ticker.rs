use harness::{expect, ohlc, scenario};

scenario! {
    E20 P1 "The 404 of an unknown ticker echoes it, says that it was not found, and advises to check the spelling"
    from ["decisions.md#provider-failure", "contract.md#errors"]
    needs []
    catches ["bare-status"]
    async fn error_unknown_ticker(lab: &mut Lab) {
        let server = lab.server().await?;
        let reply = server.ask(ohlc("aaplx").range("1W")).await?;
        expect("the status", reply.status).is(404)?;
        expect("the field to blame", reply.field("field")).is("ticker")?;
        let says =
            |error: &String| ["AAPLX", "not found", "check the spelling"].iter().all(|words| error.contains(words));
        let error = reply.field("error").to_string();
        expect("what the client is told", error).holds("the ticker, what is wrong, and what to do", says)?;
    }
}
