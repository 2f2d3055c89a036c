use harness::{ohlc, scenario};

scenario! {
    E6 P1 "With the metrics sink down no request fails, whichever layer answers"
    from ["decisions.md#lost-metrics"]
    needs [OwnEnvironment, LoseSink, DropL1]
    catches ["lost-metrics-fail-the-request"]
    async fn metrics_sink_failure_is_silent(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_METRICS_EVERY", "1ms")]).await?;
        server.loses_its_sink(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("in-memory")?;
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("dynamodb")?;
    }
}
