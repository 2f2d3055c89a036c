//! 400: a body that does not say what to invalidate, invalidates nothing.

use harness::{ADMIN_TOKEN, Verdict, expect, ohlc};

use crate::refusal::{Refusal, invalidate, world};

/// Bodies that say nothing about what to invalidate.
const BODIES: [&str; 8] = [
    "",
    "{",
    "[]",
    "null",
    "AAPL",
    r#"{"tickers": "AAPL"}"#,
    r#"{"ticker": 5}"#,
    r#"{"ticker": "AAPL", "ticker": "F"}"#,
];

#[tokio::test]
async fn a_bad_body_invalidates_nothing() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    server.idle().await?;
    let stored = lab.table.items().await?;

    let says = &[r#"{"ticker": "AAPL"}"#, "{} for everything"];
    let invalid = Refusal { status: 400, code: "invalid_body", field: None, says };
    for body in BODIES {
        invalid.judge(&format!("the body {body:?}"), &invalidate(&server, ADMIN_TOKEN, body).await?)?;
    }
    // More than any server should take.
    let endless = format!(r#"{{"ticker": "{}"}}"#, "A".repeat(2 << 20));
    invalid.judge("a body of 2 MiB", &invalidate(&server, ADMIN_TOKEN, &endless).await?)?;
    let ticker =
        Refusal { code: "invalid_ticker", field: Some("ticker"), says: &["`GOOGLE`", "AAPL or BRK.B"], ..invalid };
    ticker.judge("a body with a bad ticker", &invalidate(&server, ADMIN_TOKEN, r#"{"ticker": "GOOGLE"}"#).await?)?;

    expect("the table", lab.table.items().await? == stored).is(true)?;
    server.ask(ohlc("AAPL")).await?.comes_from("in-memory")?;
    Ok(lab.close().await?)
}
