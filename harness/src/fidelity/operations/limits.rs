//! How large an item may be: 400 KB, with the names of its attributes.

use serde_json::json;

use crate::fidelity::operation::{Operation, operation};

/// What is left of 400 KB behind the key and the names: `PK`, `SK` and `t`, the partition and a sort key of one letter.
const LEFT: usize = 400 * 1024 - "PKSKt1".len();

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "item-of-400-kb" "An item of just 400 KB is taken"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "t": {"S": "x".repeat(LEFT - "fidelity#item-of-400-kb".len())}} }
    },
    operation! { "item-over-400-kb" "An item of a byte more is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "t": {"S": "x".repeat(LEFT - "fidelity#item-over-400-kb".len() + 1)}} }
    },
    operation! { "item-updated-over-400-kb" "An update that makes an item too large is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "t": {"S": "x".repeat(300_000)}} }
        UpdateItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "UpdateExpression": "SET u = :more",
            "ExpressionAttributeValues": {":more": {"S": "x".repeat(200_000)}},
        }
    },
    operation! { "item-nested-too-deep" "More than 32 levels are refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "list": nested(40)} }
    },
    operation! { "expression-over-4-kb" "An expression of more than 4 KB is refused"
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
            "ConditionExpression": format!("attribute_not_exists({})", "a".repeat(4100)),
        }
    },
];

fn nested(levels: usize) -> serde_json::Value {
    (0..levels).fold(json!({"N": "1"}), |inner, _| json!({"L": [inner]}))
}
