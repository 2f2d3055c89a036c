//! Pages: where they end, and how the next one begins.

use super::starting_points::{candles, large};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "page-of-limit" "Limit ends a page, and LastEvaluatedKey is the key of its last item"
        given candles(5);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Limit": 2,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-to-the-end" "Reading on with ExclusiveStartKey gives each item once, in order"
        given candles(5);
        pages Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Limit": 2,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-of-whole-limit" "A last page that is just full is followed by an empty one"
        given candles(4);
        pages Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Limit": 2,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-of-a-window" "A window reads on within itself"
        given candles(6);
        pages Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {
                ":pk": {"S": "<pk>"},
                ":from": {"S": "D#2026-01-02T00:00:00Z"},
                ":to": {"S": "D#2026-01-06T00:00:00Z"},
            },
            "ProjectionExpression": "SK, volume",
            "Limit": 3,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-reversed" "Reading on backwards gives each item once, in descending order"
        given candles(5);
        pages Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Limit": 2,
            "ScanIndexForward": false,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-filtered" "Limit counts what is read, not what a filter lets through"
        given candles(5);
        pages Query {
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": "#close = :one",
            "ExpressionAttributeNames": {"#close": "close"},
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":one": {"N": "150.04"}},
            "Limit": 2,
            "ConsistentRead": true,
        }
    },
    operation! { "pages-of-1-mb" "A page ends when a megabyte has been read"
        given large(12, 100_000);
        pages Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ProjectionExpression": "SK",
            "ConsistentRead": true,
        }
    },
    operation! { "page-from-outside" "A page that begins at a key outside of the window is refused"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":from": {"S": "D#2026-01-02"}, ":to": {"S": "D#2026-01-03"}},
            "ExclusiveStartKey": {"PK": {"S": "<pk>"}, "SK": {"S": "A"}},
        }
    },
    operation! { "page-from-half-a-key" "A page that begins at half a key is refused"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ExclusiveStartKey": {"PK": {"S": "<pk>"}},
        }
    },
    operation! { "limit-of-zero" "A page of no items is refused"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Limit": 0,
        }
    },
];
