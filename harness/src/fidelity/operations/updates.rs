//! UpdateItem.

use super::starting_points::{candles, lock};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "update-new" "An update of what is not there makes it"
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "UpdateExpression": "SET volume = :volume",
            "ExpressionAttributeValues": {":volume": {"N": "5"}},
            "ReturnValues": "ALL_NEW",
        }
    },
    operation! { "update-sets-and-removes" "SET and REMOVE in one update"
        given candles(1);
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "UpdateExpression": "SET volume = :volume REMOVE fetched_at, nowhere",
            "ExpressionAttributeValues": {":volume": {"N": "5"}},
            "ReturnValues": "UPDATED_NEW",
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true }
    },
    operation! { "update-counts" "ADD counts from nothing, and SET reckons exactly"
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "UpdateExpression": "ADD fence :one SET price = if_not_exists(price, :none) + :tenth",
            "ExpressionAttributeValues": {":one": {"N": "1"}, ":none": {"N": "0.2"}, ":tenth": {"N": "0.1"}},
            "ReturnValues": "ALL_NEW",
        }
    },
    operation! { "update-returns-old" "ReturnValues UPDATED_OLD gives what was before"
        given candles(1);
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "UpdateExpression": "SET volume = :volume",
            "ExpressionAttributeValues": {":volume": {"N": "5"}},
            "ReturnValues": "UPDATED_OLD",
        }
    },
    operation! { "update-lost" "An update on a condition that does not hold is refused, with the item when asked"
        given lock("me", "99");
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "UpdateExpression": "SET ExpiresAt = :until",
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":until": {"N": "100"}, ":holder": {"S": "you"}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    },
    operation! { "update-of-a-key" "A part of the key cannot be changed"
        given candles(1);
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "UpdateExpression": "SET SK = :other",
            "ExpressionAttributeValues": {":other": {"S": "other"}},
        }
    },
    operation! { "update-of-a-wrong-type" "What is no number cannot be added to"
        given candles(1);
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "UpdateExpression": "ADD fetched_at :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
    },
    operation! { "update-twice-in-one" "Two changes of one attribute in one update are refused"
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "UpdateExpression": "SET volume = :one, volume = :two",
            "ExpressionAttributeValues": {":one": {"N": "1"}, ":two": {"N": "2"}},
        }
    },
];
