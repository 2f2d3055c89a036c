//! The proxy itself changes nothing: what a scenario sees is the fault's doing.

use harness::faults::{FaultProxy, Noop, everything};
use harness::observe::journal::Journal;
use hyper::header::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::world::{AAPL, TABLE, World, raw};

/// Every header but these, in alphabetical order.
fn headers_but(unlike: &[&str], headers: &HeaderMap) -> Vec<(String, HeaderValue)> {
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    headers.retain(|(name, _)| !unlike.contains(&name.as_str()));
    headers.sort_by(|(one, _), (other, _)| one.cmp(other));
    headers
}

#[tokio::test]
async fn the_noop_leaves_every_answer_as_the_tier_gave_it() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    let noop = world.proxy.inject(everything(), Noop);
    let key = json!({"PK": {"S": AAPL}, "SK": {"S": "D#2026-01-02"}});
    let query = json!({
        "TableName": TABLE,
        "KeyConditionExpression": "PK = :pk",
        "ExpressionAttributeValues": {":pk": {"S": AAPL}},
    });
    let calls = [
        ("Query", query),
        ("GetItem", json!({"TableName": TABLE, "Key": key})),
        ("GetItem", json!({"TableName": "no-such-table", "Key": key})),
        ("DescribeTable", json!({"TableName": TABLE})),
        ("NoSuchOperation", json!({})),
        ("Query", json!("not an object")),
    ];
    for (operation, body) in &calls {
        let direct = raw(&world.tier.endpoint().url, operation, body).await?;
        let proxied = raw(world.proxy.url(), operation, body).await?;
        assert_eq!(proxied.status(), direct.status(), "{operation}");
        // dynoxide gives the attributes of an item in any order, so that bytes and checksum differ.
        let unlike = ["date", "x-amzn-requestid", "x-amz-crc32"];
        assert_eq!(headers_but(&unlike, proxied.headers()), headers_but(&unlike, direct.headers()), "{operation}");
        let [direct, proxied] = [direct, proxied].map(|answer| serde_json::from_slice::<Value>(answer.body()));
        assert_eq!(proxied?, direct?, "{operation}");
    }
    assert_eq!(noop.applied(), calls.len());
    Ok(())
}

#[tokio::test]
async fn the_noop_leaves_every_byte_of_request_and_answer() -> anyhow::Result<()> {
    let tier = MockServer::start().await;
    let odd = ResponseTemplate::new(202)
        .insert_header("x-amz-crc32", "7")
        .insert_header("x-odd", "one")
        .append_header("x-odd", "two")
        .set_body_bytes(b"{ \"odd\" : \xff 1.50 }".as_slice());
    Mock::given(method("POST")).respond_with(odd).mount(&tier).await;
    let proxy = FaultProxy::start(tier.uri().as_str(), Journal::default(), 1).await?;
    proxy.inject(everything(), Noop);

    let body = json!({"TableName": TABLE, "Key": {"PK": {"S": "ä€𝄞"}}});
    let direct = raw(&tier.uri(), "GetItem", &body).await?;
    let proxied = raw(proxy.url(), "GetItem", &body).await?;
    assert_eq!(proxied.status(), direct.status());
    assert_eq!(proxied.body(), direct.body());
    assert_eq!(headers_but(&["date"], proxied.headers()), headers_but(&["date"], direct.headers()));
    let requests = tier.received_requests().await.unwrap_or_default();
    let [straight, through] = requests.as_slice() else { anyhow::bail!("{} requests", requests.len()) };
    assert_eq!(through.body, straight.body);
    // The caller's own host: it is part of what it signed.
    assert_eq!(through.headers["host"], proxy.url().replace("http://", ""));
    assert_eq!(headers_but(&["host"], &through.headers), headers_but(&["host"], &straight.headers));
    Ok(())
}
