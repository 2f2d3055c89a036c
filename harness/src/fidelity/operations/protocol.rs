//! The protocol itself: bodies that are none, operations that are unknown, and the headers of answers.

use serde_json::json;

use super::starting_points::{candles, lock};
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "headers-of-success" "An answer has its type, a checksum that is right, and a request id" [Headers]
        given candles(1);
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true }
    },
    operation! { "headers-of-refusal" "So has a refusal" [Headers]
        given lock("me", "4102444800");
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "you"}},
        }
    },
    operation! { "operation-unknown" "An unknown operation is refused"
        ask Call::new("DoNothing", json!({}));
    },
    operation! { "body-that-is-no-json" "A body that is no JSON is refused"
        ask Call::raw("GetItem", "{\"TableName\": ");
    },
    operation! { "body-empty" "An empty body is refused"
        ask Call::raw("GetItem", "");
    },
    operation! { "body-that-is-a-list" "A body that is no object is refused"
        ask Call::raw("GetItem", "[]");
    },
    operation! { "parameter-of-a-wrong-type" "A list where a map belongs is refused"
        GetItem { "Key": [] }
    },
    operation! { "parameter-unknown" "A parameter that nobody knows is passed over"
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "Nonsense": true, "ConsistentRead": true }
    },
    operation! { "parameter-of-a-wrong-choice" "An unknown choice is refused"
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ReturnConsumedCapacity": "SOME" }
    },
];
