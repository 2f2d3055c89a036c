//! One item: put, read, deleted.

use serde_json::json;

use super::starting_points::{candle, candles, put};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "put-new" "A put of a new item answers with nothing, and the item can be read"
        ask put(candle(1));
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true }
    },
    operation! { "put-over" "A put over an item replaces all of it"
        given candles(1);
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}, "open": {"N": "1"}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true }
    },
    operation! { "put-returns-old" "ReturnValues ALL_OLD gives back what was replaced"
        given candles(1);
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ReturnValues": "ALL_OLD",
        }
    },
    operation! { "put-returns-new" "A put knows no ReturnValues ALL_NEW"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ReturnValues": "ALL_NEW" }
    },
    operation! { "get-missing" "A key that is not there is answered without an item"
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "nothing"}}, "ConsistentRead": true }
    },
    operation! { "get-eventually" "A read that need not be consistent has the same shape" [ShapeAlone]
        given [put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}}))];
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ConsistentRead": false }
    },
    operation! { "get-a-fraction" "A number of one item comes back with its fraction" [ToTheLetter]
        given [put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "n": {"N": "0.5"}}))];
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ConsistentRead": true }
    },
    operation! { "get-projected" "A projection gives the attributes that it names and no others"
        given candles(1);
        GetItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ProjectionExpression": "volume, fetched_at, nowhere",
            "ConsistentRead": true,
        }
    },
    operation! { "delete-there" "A delete of an item answers with nothing, and the item is gone"
        given candles(1);
        DeleteItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}} }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}, "ConsistentRead": true }
    },
    operation! { "delete-missing" "A delete of what is not there succeeds"
        DeleteItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "nothing"}} }
    },
    operation! { "delete-returns-old" "ReturnValues ALL_OLD gives back what was deleted"
        given candles(1);
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ReturnValues": "ALL_OLD",
        }
    },
    operation! { "consumed-capacity" "ReturnConsumedCapacity TOTAL tells the units of a read and of a write"
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "text": {"S": "x".repeat(1_500)}},
            "ReturnConsumedCapacity": "TOTAL",
        }
        GetItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "ReturnConsumedCapacity": "TOTAL",
            "ConsistentRead": true,
        }
    },
];
