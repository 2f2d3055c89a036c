use harness::providers::ProviderReply;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::{listed, tickers};
use crate::vocabulary::ways_to_write::mean_the_same;

/// Answers that say they succeeded.
const NO_CANDLES: [(&str, u16, &str, &str); 9] = [
    ("a page", 200, "text/html", "<html><body>Please sign in to this network.</body></html>"),
    ("a sentence", 200, "text/plain", "You have run over your hourly request allocation."),
    ("a text in JSON", 200, "application/json", "\"Upgrade your plan.\""),
    ("an object with a detail", 200, "application/json", r#"{"detail":"Internal error"}"#),
    ("an object with an error", 200, "application/json", r#"{"error":"API limit reached."}"#),
    ("CSV", 200, "text/csv", "date,close,high,low,open\n2026-02-03,1,1,1,1\n"),
    ("nothing", 204, "application/json", ""),
    ("null", 200, "application/json", "null"),
    ("half an answer", 206, "application/json", r#"[{"date":"2026-02-03T00:00:00.000Z","#),
];

type Code = fn(ProviderReply) -> ProviderReply;

/// Codings of an answer.
const CODINGS: [(&str, Code); 3] = [
    ("in gzip", ProviderReply::in_gzip),
    ("in deflate", ProviderReply::in_deflate),
    ("in deflate without zlib's frame", ProviderReply::in_bare_deflate),
];

scenario! {
    E35 P1 "An answer that says it succeeded and holds no candles is its provider's failure, counted as unreadable, and nothing is kept of it; a coded one is read"
    from ["decisions.md#unreadable", "decisions.md#codings", "contract.md#metrics"]
    needs [Metrics]
    catches ["coded-answers-unread", "gzip-alone-is-read", "unreadable-taken-as-empty"]
    async fn success_that_is_none(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('U');
        for (how, code) in CODINGS {
            mean_the_same(lab, &server, &mut tickers, how, code).await?;
        }
        for call in lab.tiingo.calls().into_iter().chain(lab.finnhub.calls()) {
            let codings = call.codings.unwrap_or_default();
            let asks = |codings: &String| codings.contains("gzip") && codings.contains("deflate");
            expect("the codings that a call asks for", codings).holds("gzip and deflate", asks)?;
        }

        for (place, (what, status, mime, body)) in NO_CANDLES.into_iter().enumerate() {
            let resolution = if place % 2 == 0 { "D" } else { "60" };
            let reply = || ProviderReply::of(status, mime, body);
            let (first, second) = (listed(lab, &mut tickers), listed(lab, &mut tickers));
            lab.tiingo.replies(reply());
            server.ask(ohlc(&first).range("1W").resolution(resolution)).await?.comes_from("finnhub")?;
            lab.finnhub.replies(reply());
            let ask = ohlc(&second).range("1W").resolution(resolution);
            expect(format!("the status with {what}"), server.ask(ask.clone()).await?.status).is(503)?;
            let counted = |provider: &str| format!("ProviderRequests{{provider=\"{provider}\",status=\"unreadable\"}}");
            let metrics = server.metrics().await?;
            let times = [metrics.count(&counted("tiingo")), metrics.count(&counted("finnhub"))];
            expect(format!("unreadable answers by {what}"), times).is([2 * (place as u64 + 1), place as u64 + 1])?;

            server.idle().await?;
            expect("items kept", lab.table.items_under(&format!("{second}#")).await?.len()).is(0)?;
            lab.tiingo.recovers();
            lab.finnhub.recovers();
            server.ask(ask).await?.comes_from("tiingo")?;
        }
    }
}
