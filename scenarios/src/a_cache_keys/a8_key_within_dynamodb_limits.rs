use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};
use serde_json::Value;

scenario! {
    A8 P2 "The longest legal request keeps PK within 2,048 and SK within 1,024 bytes"
    from ["contract.md#key-limits"]
    needs []
    catches ["lock-key-grows-with-range"]
    async fn key_within_dynamodb_limits(lab: &mut Lab) {
        lab.tiingo.lists("ABCDE-FG").since("1990-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("ABCDE-FG").between("2021-02-01", "2026-02-03")).await?.comes_from("tiingo")?;
        server.idle().await?;

        let (mut partition, mut sort) = (0, 0);
        for call in lab.journal.to(Party::DynamoDb) {
            longest(&call.request, "PK", &mut partition);
            longest(&call.request, "SK", &mut sort);
        }
        expect("bytes of the longest partition key that was written", partition)
            .holds("1 to 2048", |bytes| (1..=2048).contains(bytes))?;
        expect("bytes of the longest sort key that was written", sort)
            .holds("1 to 1024", |bytes| (1..=1024).contains(bytes))?;
    }
}

/// Finds the longest key attribute of this name anywhere in a request.
fn longest(request: &Value, name: &str, found: &mut usize) {
    match request {
        Value::Object(fields) => {
            if let Some(key) = fields.get(name).and_then(|attribute| attribute["S"].as_str()) {
                *found = key.len().max(*found);
            }
            fields.values().for_each(|field| longest(field, name, found));
        }
        Value::Array(values) => values.iter().for_each(|value| longest(value, name, found)),
        _ => {}
    }
}
