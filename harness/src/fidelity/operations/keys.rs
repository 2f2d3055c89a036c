//! Keys: their limits, and what is no key.

use serde_json::json;

use super::starting_points::{everything, put};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "partition-key-of-2048" "A partition key of 2048 bytes is taken"
        PutItem { "Item": {"PK": {"S": "p".repeat(2048)}, "SK": {"S": "<pk>"}} }
        GetItem { "Key": {"PK": {"S": "p".repeat(2048)}, "SK": {"S": "<pk>"}}, "ConsistentRead": true }
    },
    operation! { "partition-key-of-2049" "A partition key of 2049 bytes is refused"
        PutItem { "Item": {"PK": {"S": "p".repeat(2049)}, "SK": {"S": "<pk>"}} }
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "p".repeat(2049)}},
        }
    },
    operation! { "sort-key-of-1024" "A sort key of 1024 bytes is taken"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "s".repeat(1024)}} }
        ask everything();
    },
    operation! { "sort-key-of-1025" "A sort key of 1025 bytes is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "s".repeat(1025)}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "s".repeat(1025)}} }
    },
    operation! { "key-limit-counts-bytes" "The limit counts bytes, not characters"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "é".repeat(512)}} }
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "é".repeat(513)}} }
    },
    operation! { "key-empty" "An empty string is no key"
        PutItem { "Item": {"PK": {"S": ""}, "SK": {"S": "1"}} }
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": ""}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": ""}} }
    },
    operation! { "key-empty-in-condition" "An empty string as the beginning of a window"
        given [put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}}))];
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":from": {"S": ""}, ":to": {"S": "9"}},
        }
    },
    operation! { "key-of-another-type" "A number where the key is a string is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"N": "1"}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"N": "1"}} }
        Query {
            "KeyConditionExpression": "PK = :pk AND SK = :sk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":sk": {"N": "1"}},
        }
    },
    operation! { "key-missing" "An item without its whole key is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}} }
        DeleteItem { "Key": {"SK": {"S": "1"}} }
    },
    operation! { "key-with-more" "A key with more than the key is refused"
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "volume": {"N": "1"}} }
    },
    operation! { "keys-in-byte-order" "Sort keys are ordered by their bytes: upper case before lower, digits before both"
        given ["b", "B", "10", "9", "é", "~", "D#", "D1"].map(|sk| put(json!({"PK": {"S": "<pk>"}, "SK": {"S": sk}})));
        ask everything();
    },
];
