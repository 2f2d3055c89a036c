//! X-Request-Id: the client's own when it is well-formed, so that it can be found again, and a new one when not.

use harness::{Verdict, expect, ohlc};
use serde_json::json;

use crate::refusal::{Refusal, get, world};

/// The longest id there may be.
const LONGEST: usize = 64;
const WELL_FORMED: [&str; 3] = ["7", "0a1b-2c3d_4E.5F", "b9f3c1de-2d8c-4c1b-9d5c-0e8d6b7a4f21"];
const MALFORMED: [&str; 7] = ["", "two words", "<script>", "a\"b", "a\tb", "{\"a\": 1}", "bär"];

#[tokio::test]
async fn an_answer_carries_the_clients_request_id_when_it_is_well_formed() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    for given in WELL_FORMED.map(str::to_owned).into_iter().chain(["a".repeat(LONGEST)]) {
        let given = given.as_str();
        let refused = server.ask(ohlc("GOOGLE").header("x-request-id", given)).await?;
        expect("X-Request-Id of a refusal", refused.header("x-request-id")).is(given)?;
        expect("request_id of a refusal", refused.field("request_id")).is(json!(given))?;
        let served = server.ask(ohlc("AAPL").header("x-request-id", given)).await?;
        expect("X-Request-Id of candles", served.header("x-request-id")).is(given)?;
        expect("Cache-Control of candles", served.header("cache-control")).is("no-store")?;
    }
    let invalid = Refusal { status: 400, code: "invalid_ticker", field: Some("ticker"), says: &["`GOOGLE`"] };
    for given in MALFORMED.map(str::to_owned).into_iter().chain(["a".repeat(LONGEST + 1)]) {
        let given = given.as_str();
        let refused = server.ask(ohlc("GOOGLE").header("x-request-id", given)).await?;
        invalid.judge(&format!("a request with the id {given:?}"), &refused)?;
        let id = refused.header("x-request-id");
        expect("an id of its own", id).holds("36 characters of a UUID", |id| id.len() == 36 && *id != given)?;
    }
    Ok(lab.close().await?)
}

#[tokio::test]
async fn two_requests_without_an_id_get_two() -> Verdict {
    let mut lab = world().await?;
    let server = lab.server().await?;
    let (one, other) = (get(&server, "/healthz").await?, get(&server, "/healthz").await?);
    expect("the other id", other.header("x-request-id")).is_not(one.header("x-request-id"))?;
    Ok(lab.close().await?)
}
