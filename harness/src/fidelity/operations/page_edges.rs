//! Pages and limits at their edges.

use super::starting_points::{candles, large};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "limit-of-one" "A limit of one reads on item by item"
        given candles(3);
        pages Query {
            "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}}, "Limit": 1, "ConsistentRead": true,
        }
    },
    operation! { "limit-past-the-end" "A limit of more than there is ends at the last item"
        given candles(3);
        pages Query {
            "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}}, "Limit": 100, "ConsistentRead": true,
        }
    },
    operation! { "limit-below-zero" "A limit below zero is refused"
        Query { "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}}, "Limit": -1 }
    },
    operation! { "pages-all-filtered-away" "Pages of which nothing is let through go on all the same"
        given candles(4);
        pages Query {
            "KeyConditionExpression": "PK = :pk", "FilterExpression": "volume < :none",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":none": {"N": "0"}}, "Limit": 2, "ConsistentRead": true,
        }
    },
    operation! { "start-between-items" "A start key that is no item's reads on behind it"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ExclusiveStartKey": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T12:00:00Z"}}, "ConsistentRead": true,
        }
    },
    operation! { "start-outside-the-window" "A start key outside of the window is refused"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {
                ":pk": {"S": "<pk>"}, ":from": {"S": "D#2026-01-02T00:00:00Z"}, ":to": {"S": "D#2026-01-03T00:00:00Z"},
            },
            "ExclusiveStartKey": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true,
        }
    },
    operation! { "start-of-another-partition" "A start key of another partition is refused"
        Query {
            "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ExclusiveStartKey": {"PK": {"S": "another"}, "SK": {"S": "1"}}, "ConsistentRead": true,
        }
    },
    operation! { "count-of-large-pages" "Counting reads as many bytes as reading"
        given large(4, 350_000);
        pages Query {
            "KeyConditionExpression": "PK = :pk", "ExpressionAttributeValues": {":pk": {"S": "<pk>"}}, "Select": "COUNT", "ConsistentRead": true,
        }
    },
];
