//! Expressions that DynamoDB refuses.

use super::starting_points::candles;
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "reserved-word" "A reserved word in a projection is refused"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ProjectionExpression": "SK, open, close",
        }
    },
    operation! { "reserved-word-through-placeholder" "Through a placeholder it is not"
        given candles(1);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ProjectionExpression": "SK, #open, #close",
            "ExpressionAttributeNames": {"#open": "open", "#close": "close"},
            "ConsistentRead": true,
        }
    },
    operation! { "reserved-word-in-condition" "A reserved word in a condition is refused"
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "ConditionExpression": "close = :price",
            "ExpressionAttributeValues": {":price": {"N": "1"}},
        }
    },
    operation! { "value-missing" "A value that nobody gave is refused"
        Query {
            "KeyConditionExpression": "PK = :pk AND SK = :sk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
        }
    },
    operation! { "value-unused" "A value that nobody uses is refused"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":unused": {"S": "1"}},
        }
    },
    operation! { "name-missing" "A name that nobody gave is refused"
        Query {
            "KeyConditionExpression": "#pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
        }
    },
    operation! { "name-unused" "A name that nobody uses is refused"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ExpressionAttributeNames": {"#unused": "open"},
        }
    },
    operation! { "names-without-expression" "Names without an expression are refused"
        GetItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "ExpressionAttributeNames": {"#open": "open"},
        }
    },
    operation! { "expression-empty" "An empty expression is refused"
        DeleteItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ConditionExpression": "" }
    },
    operation! { "expression-of-nonsense" "What is no expression is refused"
        DeleteItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ConditionExpression": "volume ==== (" }
    },
    operation! { "function-unknown" "An unknown function is refused"
        DeleteItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}, "ConditionExpression": "is_open(volume)" }
    },
    operation! { "projection-twice" "A projection that names an attribute twice is refused"
        given candles(1);
        Query {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
            "ProjectionExpression": "volume, volume",
        }
    },
    operation! { "filter-on-key" "A filter on a part of the key is refused in a query"
        Query {
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": "SK > :sk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":sk": {"S": "1"}},
        }
    },
    operation! { "old-and-new-parameters" "A condition in both languages at once is refused"
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "ConditionExpression": "attribute_exists(PK)",
            "Expected": {"PK": {"Exists": false}},
        }
    },
];
