//! BatchGetItem.

use serde_json::{Value, json};

use super::starting_points::{candles, large};
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "batch-get" "A batch reads what is there, and leaves out what is not"
        given candles(3);
        BatchGetItem { "RequestItems": {"<table>": {
            "Keys": [
                {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
                {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-03T00:00:00Z"}},
                {"PK": {"S": "<pk>"}, "SK": {"S": "nothing"}},
            ],
            "ConsistentRead": true,
        }} }
    },
    operation! { "batch-get-projected" "A projection holds for every item of a batch"
        given candles(2);
        BatchGetItem { "RequestItems": {"<table>": {
            "Keys": [
                {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
                {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-02T00:00:00Z"}},
            ],
            "ProjectionExpression": "SK, #close",
            "ExpressionAttributeNames": {"#close": "close"},
            "ConsistentRead": true,
        }} }
    },
    operation! { "batch-get-of-101" "A batch of more than 100 keys is refused"
        ask keys(1..=101);
    },
    operation! { "batch-get-with-one-key-twice" "A batch that asks for one key twice is refused"
        ask keys([1, 2, 1]);
    },
    operation! { "batch-get-over-16-mb" "A batch that would answer with more than 16 MB leaves keys unprocessed" [ShapeAlone]
        given large(45, 390_000);
        ask keys(1..=45);
    },
];

fn keys(turns: impl IntoIterator<Item = usize>) -> Call {
    let key = |turn| json!({"PK": {"S": "<pk>"}, "SK": {"S": format!("{turn:03}")}});
    let keys: Vec<Value> = turns.into_iter().map(key).collect();
    Call::new("BatchGetItem", json!({"RequestItems": {"<table>": {"Keys": keys, "ConsistentRead": true}}}))
}
