use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::tickers;

scenario! {
    O4 P2 "CacheHit and CacheMiss count how often each layer had the answer, also in embedded metric format, whose documents stay within CloudWatch's limit"
    from ["decisions.md#later-looks-counted", "decisions.md#values-in-a-document", "decisions.md#last-flush"]
    needs [SeveralInstances, DropL1, OwnEnvironment, Logs, Metrics]
    catches ["every-look-counted", "metrics-lost-at-the-end", "documents-of-any-length"]
    async fn hit_and_miss_metrics(lab: &mut Lab) {
        let server = lab.server().await?;
        for (ticker, source) in [
            ("AAPL", "tiingo"),
            ("AAPL", "in-memory"),
            ("AAPL", "in-memory"),
            ("MSFT", "tiingo"),
            ("AAPL", "dynamodb"), // past memory, which is emptied before
            ("AAPL", "in-memory"),
        ] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            if source == "dynamodb" {
                server.drop_l1().await?;
            }
            server.ask(ohlc(ticker).range("1W")).await?.comes_from(source)?;
            server.idle().await?;
        }
        let shown = server.metrics().await?;
        lab.stop(&server).await?;
        let logged = server.logged_metrics();
        // The layer is the only dimension: a series by ticker would be none of these.
        for (series, count) in [
            ("CacheHit{layer=\"in-memory\"}", 3),
            ("CacheMiss{layer=\"in-memory\"}", 3),
            ("CacheHit{layer=\"dynamodb\"}", 1),
            ("CacheMiss{layer=\"dynamodb\"}", 2),
            ("CacheHit", 4),
            ("CacheMiss", 5),
        ] {
            expect(format!("{series} on /metrics"), shown.count(series)).is(count)?;
            expect(format!("{series} in the log"), logged.count(series)).is(count)?;
        }

        // All that this one measures is written when it stops.
        let busy = lab.another_server_with([("OHLC_METRICS_EVERY", "1h")]).await?;
        for ticker in tickers('M').take(30) {
            lab.tiingo.lists(&ticker).since("2026-01-02");
            busy.ask(ohlc(&ticker).range("1W")).await?.comes_from("tiingo")?;
        }
        lab.stop(&busy).await?;
        let lines = busy.logs().await?;
        let values: Vec<usize> =
            lines.iter().filter_map(|line| line["LayerLatencyMs"].as_array()).map(Vec::len).collect();
        expect("latencies in all", values.iter().sum()).holds("more than 100", |count: &usize| *count > 100)?;
        expect("latencies in one document", values).holds("100 at most", |values| values.iter().all(|count| *count <= 100))?;
    }
}
