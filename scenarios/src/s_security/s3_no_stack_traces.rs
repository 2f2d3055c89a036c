use harness::{Reply, Verdict, expect, ohlc, scenario};

scenario! {
    S3 P0 "A panic or an internal error is a plain 500, and the next client is served normally"
    from ["decisions.md#told", "contract.md#errors"]
    needs [FailPoints]
    catches ["debug-output-told", "panic-told-with-its-place", "internal-error-kept"]
    async fn no_stack_traces(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for place in ["request", "look-up"] {
            for way in ["panic", "error"] {
                server.fails_at(place, way).await?;
                plain_500(&server.ask(ohlc("AAPL").range("1M")).await?)?;
                server.fails_nowhere().await?;
                let reply = server.ask(ohlc("AAPL").range("1M")).await?;
                expect(format!("the status after a {way} in the {place}"), reply.status).is(200)?;
                server.invalidate(None).await?;
            }
        }
        // A client whose candles cannot be written is answered all the same.
        server.fails_at("write", "panic").await?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.fails_nowhere().await?;
        lab.remains().await?.hold_no_stack_trace()?;
    }
}

fn plain_500(reply: &Reply) -> Verdict {
    expect("the status", reply.status).is(500)?;
    expect("the code", reply.field("code")).is("internal")?;
    let plain = |error: &String| !error.contains(['{', '}', '(', '\n']) && error.contains("try again");
    let error = reply.field("error").to_string();
    expect("what the client is told", error).holds("a plain sentence that says to try again", plain)
}
