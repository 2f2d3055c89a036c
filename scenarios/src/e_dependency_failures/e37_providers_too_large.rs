use std::time::Duration;

use harness::providers::ProviderReply;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::{listed, tickers};

/// What an answer may have here.
const LIMITS: [(&str, &str); 2] = [("OHLC_PROVIDER_BYTES", "100000"), ("OHLC_PROVIDER_ROWS", "1000")];

scenario! {
    E37 P1 "An answer with more bytes or rows than may be, coded or without an end, is its provider's failure; depth and long numbers harm nobody; many bad rows are one log line"
    from ["decisions.md#provider-bytes", "decisions.md#provider-rows", "decisions.md#salvage"]
    needs [OwnEnvironment, Logs, Metrics]
    catches ["answers-of-any-size", "rows-of-any-number", "each-bad-row-logged"]
    async fn providers_too_large(lab: &mut Lab) {
        let server = lab.another_server_with(LIMITS).await?;
        let mut tickers = tickers('H');
        for (place, (what, [tiingo, finnhub])) in too_large().into_iter().enumerate() {
            let large = |provider: &str| format!("ProviderRequests{{provider=\"{provider}\",status=\"too_large\"}}");
            lab.tiingo.replies(tiingo);
            server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
            lab.tiingo.recovers();
            lab.tiingo.unavailable();
            lab.finnhub.replies(finnhub);
            let nobody = server.ask(ohlc(&listed(lab, &mut tickers)).range("1W").resolution("60")).await?;
            expect(format!("the status after {what}"), nobody.status).is(503)?;
            let metrics = server.metrics().await?;
            let counted = [metrics.count(&large("tiingo")), metrics.count(&large("finnhub"))];
            expect(format!("answers that are too large by {what}"), counted).is([1 + place as u64; 2])?;
            lab.tiingo.recovers();
            lab.finnhub.recovers();
        }

        // A thousand rows, all but one of them bad.
        let before = troubles(&server.logs().await?);
        let good = r#"{"date":"2026-02-03T00:00:00.000Z","adjOpen":1,"adjHigh":1,"adjLow":1,"adjClose":1,"adjVolume":1}"#;
        let bad = ",{\"date\":\"2026-02-02T00:00:00.000Z\"}".repeat(999);
        lab.tiingo.replies(ProviderReply::json(200, format!("[{good}{bad}]")));
        let reply = server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("tiingo")?;
        expect("candles among bad rows", reply.candles()?.len()).is(1)?;
        expect("RejectedCandles", server.metrics().await?.count("RejectedCandles")).is(999)?;
        let lines = troubles(&server.logs().await?) - before;
        expect("log lines about bad rows", lines).is(1)?;

        // With limits as they are set by default.
        let server = lab.another_server().await?;
        for (provider, resolution) in [("tiingo", "D"), ("tiingo", "60"), ("finnhub", "D")] {
            let ticker = listed(lab, &mut tickers);
            let at = if resolution == "D" { "2026-02-02" } else { "2026-02-02T15:00:00Z" };
            lab.tiingo.lists(&ticker).edit(at, |row| row.high = "9".repeat(1_000_000));
            lab.tiingo.recovers();
            if provider == "finnhub" {
                lab.tiingo.unavailable();
                lab.finnhub.answers_changed("with depth", with_depth);
            } else {
                lab.tiingo.answers_changed("with depth", with_depth);
            }
            let reply = server.ask(ohlc(&ticker).range("1W").resolution(resolution)).await?.comes_from(provider)?;
            let expected = lab.tiingo.expected(&ticker, resolution, "2026-01-27", "2026-02-03");
            expect(format!("the candles of {provider} in {resolution}"), reply.candles()?).is(expected)?;
        }
    }
}

/// Answers beyond those limits, of each provider.
fn too_large() -> [(&'static str, [ProviderReply; 2]); 4] {
    let spaces = |count| ProviderReply::json(200, " ".repeat(count));
    let (endless, bomb) = (spaces(10_000).without_end(Duration::from_millis(1)), spaces(5_000_000).in_gzip());
    let rows = format!("[0{}]", ",0".repeat(1_000));
    let columns = format!(r#"{{"s":"ok","t":{rows}}}"#);
    [
        ("a long body", [spaces(100_001), spaces(100_001)]),
        ("a body without an end", [endless.clone(), endless]),
        ("a little gzip that stands for much", [bomb.clone(), bomb]),
        ("many rows", [rows, columns].map(|body| ProviderReply::json(200, body))),
    ]
}

/// The same with 100,000 lists, one in the other, among its rows or columns.
fn with_depth(reply: ProviderReply) -> ProviderReply {
    let deep = format!("{}{},", "[".repeat(100_000), "]".repeat(100_000));
    reply.text(|text| match text.strip_prefix('[') {
        Some(rows) => format!("[{deep}{rows}"),
        None => text.replacen('{', &format!("{{\"deep\":{deep}"), 1),
    })
}

/// Log lines that warn.
fn troubles(lines: &[serde_json::Value]) -> usize {
    lines.iter().filter(|line| line["level"] == "WARN" || line["level"] == "ERROR").count()
}
