//! Issue 3: metrics documents were written to the log in pieces. A request's log line could fall between them, and
//! CloudWatch could parse neither.

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "Every line of the log is one JSON object, even while metrics are written"
    from ["decisions.md#documents-in-one-piece"]
    needs [OwnEnvironment, Logs, Metrics]
    catches ["metric-documents-in-pieces"]
    async fn metrics_and_lines_do_not_mix(lab: &mut Lab) {
        // Documents all the time, and the last of them when it stops.
        let server = lab.another_server_with([("OHLC_METRICS_EVERY", "1ms")]).await?;
        for ticker in ["AAPL", "MSFT", "GOOG"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask_together(10, &ohlc(ticker).range("1W")).await?;
        }
        server.idle().await?;
        lab.stop(&server).await?;

        let logged = server.logged_metrics();
        for metric in ["CacheMiss{layer=\"in-memory\"}", "ProviderRequests"] {
            expect(format!("{metric} in the log"), logged.count(metric)).is_not(0)?;
        }
        let lines = server.logs().await?;
        expect("a line that is no JSON object", lines.iter().find(|line| !line.is_object())).is(None)?;
    }
}
