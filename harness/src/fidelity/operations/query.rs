//! Queries of a partition.

use serde_json::json;

use super::starting_points::{candles, everything, lock, put};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "query-empty" "A partition without items gives an empty list, with its counts"
        ask everything();
    },
    operation! { "query-partition" "A partition's items ascend by sort key, with all their attributes"
        given candles(3);
        ask everything();
    },
    operation! { "query-eventually" "A query that need not be consistent has the same shape" [ShapeAlone]
        given [put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}}))];
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ConsistentRead": false,
        }
    },
    operation! { "query-window" "What the server asks for: a window by sort key, through placeholders, ascending"
        given candles(5);
        Query {
            "KeyConditionExpression": "PK = :partition AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {
                ":partition": {"S": "<pk>"},
                ":from": {"S": "D#2026-01-02T00:00:00Z"},
                ":to": {"S": "D#2026-01-04T00:00:00Z"},
            },
            "ProjectionExpression": "#SK, #open, #high, #low, #close, #volume, #fetched_at, #fetched_window, #is_closed, #ExpiresAt, #adjusted_by, #on_ex_date",
            "ExpressionAttributeNames": {
                "#SK": "SK", "#open": "open", "#high": "high", "#low": "low", "#close": "close", "#volume": "volume",
                "#fetched_at": "fetched_at", "#fetched_window": "fetched_window", "#is_closed": "is_closed",
                "#ExpiresAt": "ExpiresAt", "#adjusted_by": "adjusted_by", "#on_ex_date": "on_ex_date",
            },
            "ScanIndexForward": true,
            "ConsistentRead": true,
        }
    },
    operation! { "query-window-bare" "A window of items that are nothing but their keys"
        given ["1", "2", "3"].map(|sk| put(json!({"PK": {"S": "<pk>"}, "SK": {"S": sk}})));
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":from": {"S": "2"}, ":to": {"S": "3"}},
            "ConsistentRead": true,
        }
    },
    operation! { "query-through-placeholders" "Names through placeholders, in the condition and in the projection"
        given [put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "text": {"S": "a"}}))];
        Query {
            "KeyConditionExpression": "#partition = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ProjectionExpression": "#sort",
            "ExpressionAttributeNames": {"#partition": "PK", "#sort": "SK"},
            "ConsistentRead": true,
        }
    },
    operation! { "query-window-of-nothing" "A window between items is empty"
        given candles(2);
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {
                ":pk": {"S": "<pk>"},
                ":from": {"S": "D#2026-01-01T00:00:01Z"},
                ":to": {"S": "D#2026-01-01T23:59:59Z"},
            },
            "ConsistentRead": true,
        }
    },
    operation! { "query-window-one-ended" "A window of one sort key holds the item that stands at it"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :day AND :day",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":day": {"S": "D#2026-01-02T00:00:00Z"}},
            "ConsistentRead": true,
        }
    },
    operation! { "query-window-turned-round" "A window that ends before it begins is refused"
        Query {
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :from AND :to",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":from": {"S": "b"}, ":to": {"S": "a"}},
        }
    },
    operation! { "query-reversed" "ScanIndexForward false turns the order around"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ScanIndexForward": false,
            "ConsistentRead": true,
        }
    },
    operation! { "query-keys-alone" "What an invalidation asks for: the keys of a partition"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :partition",
            "ExpressionAttributeValues": {":partition": {"S": "<pk>"}},
            "ProjectionExpression": "PK, SK",
            "ConsistentRead": true,
        }
    },
    operation! { "query-begins-with" "begins_with picks items by the front of their sort keys"
        given candles(2);
        given lock("someone", "4102444800");
        Query {
            "KeyConditionExpression": "PK = :pk AND begins_with(SK, :front)",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":front": {"S": "LO"}},
            "ConsistentRead": true,
        }
    },
    operation! { "query-from-on" "An inequality picks items from a sort key on"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk AND SK >= :from",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":from": {"S": "D#2026-01-02T00:00:00Z"}},
            "ConsistentRead": true,
        }
    },
    operation! { "query-filtered" "A filter thins the items out, and ScannedCount tells from how many"
        given candles(4);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": "#close >= :least",
            "ExpressionAttributeNames": {"#close": "close"},
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":least": {"N": "150.03"}},
            "ConsistentRead": true,
        }
    },
    operation! { "query-count" "Select COUNT gives counts without items"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "Select": "COUNT",
            "ConsistentRead": true,
        }
    },
    operation! { "query-capacity" "A query tells the units that it has read"
        given candles(3);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ReturnConsumedCapacity": "TOTAL",
            "ConsistentRead": true,
        }
    },
    operation! { "query-without-partition" "A query that does not name its partition is refused"
        Query {
            "KeyConditionExpression": "SK = :sk",
            "ExpressionAttributeValues": {":sk": {"S": "LOCK"}},
        }
    },
    operation! { "query-without-condition" "A query without a condition on keys is refused"
        Query { "ConsistentRead": true }
    },
];
