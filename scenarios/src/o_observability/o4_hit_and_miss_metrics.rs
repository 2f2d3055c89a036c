use harness::{expect, ohlc, scenario};

scenario! {
    O4 P2 required "CacheHit and CacheMiss say how often each layer had the answer, in embedded metric format too"
    needs [DropL1, Logs, Metrics]
    catches ["every-look-counted", "metrics-lost-at-the-end"]
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
    }
}
