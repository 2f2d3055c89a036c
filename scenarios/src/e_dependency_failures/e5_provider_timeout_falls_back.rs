use harness::{expect, milliseconds, ohlc, scenario};

scenario! {
    E5 P1 "If the first provider hangs, the second one answers before the deadline"
    from ["decisions.md#provider-timeout", "decisions.md#falls-back"]
    needs [OwnEnvironment]
    catches ["no-fallback", "no-provider-timeout"]
    async fn provider_timeout_falls_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // Long enough for a call on loopback on a busy machine, short enough to be waited for.
        let short = [("OHLC_PROVIDER_TIMEOUT", milliseconds(700)), ("OHLC_CEILING", milliseconds(3_000))];
        let server = lab.another_server_with(short).await?;
        lab.tiingo.hangs();
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("finnhub")?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-01-27", "2026-02-03"))?;
        expect("calls to the first provider", lab.tiingo.calls().len()).is(1)?;
    }
}
