use harness::{expect, ohlc, scenario};

scenario! {
    O5 P2 "A timestamp that a provider sends twice raises the alarm on duplicates once"
    from ["decisions.md#alarms", "decisions.md#arrange"]
    needs [Clock, Logs, Alarms]
    catches ["duplicates-passed-silently", "metric-renamed", "metrics-by-instance", "metric-time-in-seconds"]
    async fn duplicate_alarm(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").doubled("2026-01-30", |row| row.volume = Some("1".into()));
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        lab.stop(&server).await?;

        let alarm = lab.alarm_on("TiingoDuplicateTimestamp", &server.logs().await?)?;
        expect("notices", alarm.notices).is([lab.now()])?;
        expect("the alarm being raised", alarm.raised).is(true)?;
    }
}
