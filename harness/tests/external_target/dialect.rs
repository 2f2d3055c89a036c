//! A server's words are put into the contract's wherever a scenario looks.

use std::sync::Arc;

use harness::dynamodb::{Endpoint, Item, Table, Tier};
use harness::{Lab, ohlc};
use serde_json::json;
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::described::{START, file};

const WORDS: &str = r#"
[authentication]
header = "X-Api-Key"
value = "Key {token}"
token = "{env.GREETING}"
[dialect.headers]
X-Cache-Source = "X-Cache"
X-Request-Id = "Trace"
[dialect.sources]
dynamodb = "TABLE"
[dialect.error]
error = "problem.detail"
[dialect.attributes]
ExpiresAt = "ttl"
"#;

#[tokio::test]
async fn a_scenario_sees_the_contract_s_words_in_answers_errors_and_items() {
    let server = MockServer::start().await;
    let found = Mock::given(path("/api/v2/tickers/AAPL/ohlc")).and(header("x-api-key", "Key hello"));
    let found = found.and(header("trace", "mine"));
    let answer = ResponseTemplate::new(200).append_header("X-Cache", "TABLE").set_body_json(json!({"count": 0}));
    found.respond_with(answer).mount(&server).await;
    let error = json!({"problem": {"detail": "no such ticker"}, "code": "unknown_ticker"});
    let refusal = ResponseTemplate::new(404).append_header("X-Cache", "none").set_body_json(error);
    Mock::given(path("/api/v2/tickers/NOPE/ohlc")).respond_with(refusal).mount(&server).await;

    let text = START.replace("127.0.0.1:9", &server.address().to_string()) + WORDS;
    let written = file(&text);
    let mut lab = Lab::open(Arc::new(written.read().unwrap()), &Tier::embedded(), 7).await.unwrap();
    let asked = lab.server().await.unwrap();
    let reply = asked.ask(ohlc("AAPL").header("x-request-id", "mine")).await.unwrap();
    assert_eq!((reply.status, reply.source()), (200, "dynamodb"));
    let refused = asked.ask(ohlc("NOPE")).await.unwrap();
    assert_eq!((refused.source(), refused.field("error")), ("none", json!("no such ticker")));
    assert_eq!(refused.field("code"), json!("unknown_ticker"));

    let stored = Item::keyed("AAPL#tiingo", "D#2026-02-03T00:00:00Z").with_n("ExpiresAt", "7").with_n("open", "1");
    lab.table.put(stored.clone()).await.unwrap();
    assert_eq!(lab.table.items().await.unwrap(), std::slice::from_ref(&stored));
    assert_eq!(lab.table.items_under("AAPL#tiingo").await.unwrap(), [stored]);
    let endpoint = Endpoint::at(lab.dynamodb.url());
    let raw = Table::existing(&endpoint, lab.table.name()).items().await.unwrap();
    assert_eq!((raw[0].n("ttl"), raw[0].n("ExpiresAt")), (Some("7"), None), "the server's word is stored");
    lab.close().await.unwrap();
}
