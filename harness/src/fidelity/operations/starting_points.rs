//! What operations start from: items of the contract, and large ones.

use serde_json::{Value, json};

use crate::fidelity::operation::Call;

/// The sort key of the candle of this day of January 2026.
pub(super) fn day(day: usize) -> String {
    format!("D#2026-01-{day:02}T00:00:00Z")
}

/// A daily candle as the contract lays it out.
pub(super) fn candle(day_of_january: usize) -> Value {
    json!({
        "PK": {"S": "<pk>"},
        "SK": {"S": day(day_of_january)},
        "open": {"N": "150.125"},
        "high": {"N": "151.5"},
        "low": {"N": "149.0001"},
        "close": {"N": format!("150.{day_of_january:02}")},
        "volume": {"N": "50000000"},
        "fetched_at": {"S": "2026-02-03T22:00:00Z"},
        "fetched_window": {"S": "2026-01-02/2026-02-03"},
        "is_closed": {"BOOL": true},
        "adjusted_by": {"N": "0.996"},
        "on_ex_date": {"BOOL": false},
        "ExpiresAt": {"N": "4102444800"},
    })
}

/// One put of this item.
pub(super) fn put(item: Value) -> Call {
    Call::new("PutItem", json!({"Item": item}))
}

/// As many candles, of the first days of January 2026.
pub(super) fn candles(count: usize) -> Vec<Call> {
    (1..=count).map(|day| put(candle(day))).collect()
}

/// A lock as the contract lays it out, which ended at this epoch second.
pub(super) fn lock(holder: &str, expires_at: &str) -> [Call; 1] {
    [put(json!({
        "PK": {"S": "<pk>"},
        "SK": {"S": "LOCK"},
        "LockHolder": {"S": holder},
        "fence": {"N": "1770156000000000"},
        "ExpiresAt": {"N": expires_at},
    }))]
}

/// As many items, each with a string of so many characters in it.
pub(super) fn large(count: usize, characters: usize) -> Vec<Call> {
    let item =
        |turn| json!({"PK": {"S": "<pk>"}, "SK": {"S": format!("{turn:03}")}, "text": {"S": "x".repeat(characters)}});
    (1..=count).map(|turn| put(item(turn))).collect()
}

/// A put in a batch.
pub(super) fn put_request(item: Value) -> Value {
    json!({"PutRequest": {"Item": item}})
}

/// A batch of writes.
pub(super) fn batch(requests: impl IntoIterator<Item = Value>) -> Call {
    let requests: Vec<Value> = requests.into_iter().collect();
    Call::new("BatchWriteItem", json!({"RequestItems": {"<table>": requests}}))
}

/// Everything in the operation's partition.
pub(super) fn everything() -> Call {
    Call::new(
        "Query",
        json!({
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ConsistentRead": true,
        }),
    )
}
