//! Attributes of every type, the empty and the odd ones.

use serde_json::json;

use super::starting_points::{everything, put};
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "attributes-of-every-type" "Each type comes back as it went"
        PutItem { "Item": {
            "PK": {"S": "<pk>"}, "SK": {"S": "1"},
            "binary": {"B": "AAEC"}, "null": {"NULL": true}, "boolean": {"BOOL": false},
            "strings": {"SS": ["b", "a"]}, "numbers": {"NS": ["2", "1.0"]},
            "list": {"L": [{"N": "1"}, {"S": "a"}, {"L": []}]}, "map": {"M": {"inner": {"M": {}}}},
        } }
        ask everything();
    },
    operation! { "string-empty" "An empty string is an attribute like any other"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "text": {"S": ""}} }
        ask everything();
    },
    operation! { "string-beyond-ascii" "Text beyond ASCII, and characters that JSON escapes, come back as they went"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "text": {"S": "é 株 🕯 \" \\ \n \u{1} <&>"}} }
        ask everything();
    },
    operation! { "set-empty" "An empty set is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "set": {"SS": []}} }
    },
    operation! { "set-with-a-double" "A set that holds something twice is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "set": {"NS": ["1", "1.0"]}} }
    },
    operation! { "null-that-is-false" "NULL false is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "null": {"NULL": false}} }
    },
    operation! { "attribute-of-two-types" "An attribute of two types is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "both": {"S": "1", "N": "1"}} }
    },
    operation! { "attribute-of-no-type" "An attribute of no type is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "none": {}} }
    },
    operation! { "attribute-of-an-unknown-type" "An attribute of an unknown type is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "odd": {"X": "1"}} }
    },
    operation! { "number-as-a-json-number" "A number that is not in quotes is refused"
        ask Call::raw("PutItem", r#"{"TableName": "<table>", "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "n": {"N": 1.5}}}"#);
    },
    operation! { "boolean-in-a-string" "A boolean in quotes is refused"
        PutItem { "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "is_closed": {"BOOL": "yes"}} }
    },
    operation! { "attribute-named-reserved" "An attribute may have a reserved word for a name"
        ask put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "open": {"N": "1"}, "size": {"N": "2"}, "a.b": {"N": "3"}}));
        ask everything();
    },
];
