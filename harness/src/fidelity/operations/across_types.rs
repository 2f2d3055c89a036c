//! Conditions and filters between values of different types, and between numbers of different notations.

use serde_json::json;

use super::starting_points::put;
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "text-equals-no-number" "A string is never equal to a number"
        given [mixed()];
        ask filtered("t = :v", json!({":v": {"N": "100"}}));
    },
    operation! { "text-is-other-than-a-number" "A string is other than a number"
        given [mixed()];
        ask filtered("t <> :v", json!({":v": {"N": "100"}}));
    },
    operation! { "text-is-not-less-than-a-number" "A string is neither less nor more than a number"
        given [mixed()];
        ask filtered("t < :v OR t > :v", json!({":v": {"N": "100"}}));
    },
    operation! { "text-between-numbers" "A string lies between no numbers"
        given [mixed()];
        ask filtered("t BETWEEN :low AND :high", json!({":low": {"N": "0"}, ":high": {"N": "999"}}));
    },
    operation! { "bounds-of-two-types" "BETWEEN wants bounds of one type"
        given [mixed()];
        ask filtered("n BETWEEN :low AND :high", json!({":low": {"N": "0"}, ":high": {"S": "999"}}));
    },
    operation! { "nothing-is-not-less" "What is not there is neither less nor more nor other"
        given [mixed()];
        ask filtered("none < :v OR none > :v OR none = :v", json!({":v": {"N": "100"}}));
    },
    operation! { "nothing-is-other" "What is not there is other than anything"
        given [mixed()];
        ask filtered("none <> :v", json!({":v": {"N": "100"}}));
    },
    operation! { "null-equals-null" "NULL is equal to NULL, and there"
        given [mixed()];
        ask filtered("z = :v AND attribute_exists(z)", json!({":v": {"NULL": true}}));
    },
    operation! { "number-in-any-notation" "A number is itself in any notation"
        given [mixed()];
        ask filtered("n = :v", json!({":v": {"N": "1E2"}}));
    },
    operation! { "number-among-others" "IN finds a number in any notation"
        given [mixed()];
        ask filtered("n IN (:a, :b)", json!({":a": {"N": "7"}, ":b": {"N": "0100.0"}}));
    },
    operation! { "set-in-another-order" "A set is equal to itself in any order"
        given [mixed()];
        ask filtered("s = :v", json!({":v": {"SS": ["b", "a"]}}));
    },
    operation! { "list-in-another-order" "A list is equal to itself in its own order alone"
        given [mixed()];
        ask filtered("l = :v", json!({":v": {"L": [{"N": "2"}, {"N": "1"}]}}));
    },
    operation! { "contains-by-type" "contains looks for a value of the same type"
        given [mixed()];
        ask filtered("contains(l, :v)", json!({":v": {"S": "1"}}));
        ask filtered("contains(l, :v)", json!({":v": {"N": "1.0"}}));
    },
    operation! { "size-of-each-type" "size of a string, a set and a list; a number has none"
        given [mixed()];
        ask filtered("size(t) = :three AND size(s) = :two AND size(l) = :two", json!({":three": {"N": "3"}, ":two": {"N": "2"}}));
        ask filtered("size(n) > :zero", json!({":zero": {"N": "0"}}));
    },
    operation! { "true-equals-no-text" "A boolean is no string"
        given [mixed()];
        ask filtered("b = :v", json!({":v": {"S": "true"}}));
        ask filtered("b = :v", json!({":v": {"BOOL": true}}));
    },
];

/// An item with an attribute of each type.
fn mixed() -> Call {
    put(json!({
        "PK": {"S": "<pk>"}, "SK": {"S": "1"}, "t": {"S": "100"}, "n": {"N": "100"}, "b": {"BOOL": true}, "z": {"NULL": true},
        "s": {"SS": ["a", "b"]}, "l": {"L": [{"N": "1"}, {"N": "2"}]},
    }))
}

fn filtered(expression: &str, mut values: serde_json::Value) -> Call {
    values[":pk"] = json!({"S": "<pk>"});
    Call::new(
        "Query",
        json!({
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": expression,
            "ExpressionAttributeValues": values,
            "ConsistentRead": true,
        }),
    )
}
