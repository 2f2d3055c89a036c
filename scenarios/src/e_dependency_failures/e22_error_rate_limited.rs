use harness::{expect, ohlc, scenario};

scenario! {
    E22 P1 "A provider's 429 is passed on with its Retry-After, or with a default if it has none"
    from ["decisions.md#comes-back", "decisions.md#provider-failure"]
    needs [Clock, OwnEnvironment]
    catches ["retry-after-dropped", "retry-after-of-our-own", "bare-status"]
    async fn error_rate_limited(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T21:59:55Z");
        // Nobody to fall back on.
        let server = lab.another_server_with([("FINNHUB_API_KEY", "")]).await?;
        lab.tiingo.rate_limited(None).for_calls(1);
        let unsaid = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("the status", unsaid.status).is(429)?;
        expect("Retry-After when the provider sent none", unsaid.header("retry-after")).is("5")?;
        let says = |error: &String| error.contains("try again") && error.contains("Retry-After");
        expect("what the client is told", unsaid.field("error").to_string()).holds("when to try again", says)?;

        // The default has passed.
        lab.time_is("2026-02-03T22:00:00Z");
        lab.tiingo.rate_limited(Some(17)).for_calls(1);
        let said = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("the status", said.status).is(429)?;
        expect("Retry-After when the provider sent 17", said.header("retry-after")).is("17")?;

        // Six and a half seconds are left, so a client that comes back after six is too early.
        lab.time_is("2026-02-03T22:00:10.500Z");
        let later = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("Retry-After half a second past the tenth", later.header("retry-after")).is("7")?;
    }
}
