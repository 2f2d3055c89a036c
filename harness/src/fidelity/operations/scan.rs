//! Scans of a whole table, in no promised order.

use serde_json::json;

use super::starting_points::{candles, lock};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "scan-empty" "An empty table gives an empty list" [AwsTable]
        Scan { "ConsistentRead": true }
    },
    operation! { "scan-whole" "A scan gives every item" [AwsTable]
        given candles(3);
        Scan { "ConsistentRead": true }
    },
    operation! { "scan-without-locks" "What clearing everything asks for: the keys of all items but the locks" [AwsTable]
        given candles(2);
        given lock("someone", "4102444800");
        given [super::starting_points::put(json!({"PK": {"S": "LOCK#AAPL"}, "SK": {"S": "LOCK"}}))];
        Scan {
            "FilterExpression": "NOT begins_with(PK, :lock)",
            "ExpressionAttributeValues": {":lock": {"S": "LOCK#"}},
            "ProjectionExpression": "PK, SK",
            "ConsistentRead": true,
        }
    },
    operation! { "scan-of-nothing" "A filter that lets nothing through leaves an empty list, and what was scanned" [AwsTable]
        given candles(2);
        Scan {
            "FilterExpression": "begins_with(PK, :none)",
            "ExpressionAttributeValues": {":none": {"S": "none"}},
            "ConsistentRead": true,
        }
    },
    operation! { "scan-pages" "Reading on with ExclusiveStartKey comes to an end; one partition comes in its order" [AwsTable]
        given candles(5);
        pages Scan { "Limit": 2, "ConsistentRead": true }
    },
    operation! { "scan-from-a-key" "A scan that begins at a key gives what comes after it in its partition" [AwsTable]
        given candles(3);
        Scan {
            "ExclusiveStartKey": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ProjectionExpression": "PK, SK",
            "ConsistentRead": true,
        }
    },
    operation! { "scan-count" "Select COUNT gives counts without items" [AwsTable]
        given candles(3);
        Scan { "Select": "COUNT", "ConsistentRead": true }
    },
    operation! { "scan-in-segments" "Two segments together hold what one scan does" [AwsTable]
        given candles(3);
        Scan { "Segment": 0, "TotalSegments": 1, "ConsistentRead": true }
    },
];
