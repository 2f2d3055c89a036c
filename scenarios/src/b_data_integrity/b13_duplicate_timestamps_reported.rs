use harness::{expect, ohlc, scenario};

scenario! {
    B13 P1 "Duplicate timestamps from a provider cause an error log and a metric, and the request succeeds"
    from ["decisions.md#arrange", "contract.md#metrics"]
    needs [Logs, Metrics]
    catches ["duplicates-passed-silently"]
    async fn duplicate_timestamps_reported(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").doubled("2026-01-30", |row| row.volume = Some("1".into()));
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;

        expect("candles", reply.candles()?.len()).is(6)?;
        expect("TiingoDuplicateTimestamp", server.metrics().await?.count("TiingoDuplicateTimestamp")).is(1)?;
        let errors = server.logs().await?.into_iter().filter(|line| line["level"] == "ERROR").count();
        expect("error log lines", errors).is(1)?;
    }
}
