//! What the fault proxy answers in DynamoDB's place, held against genuine refusals: no emulator throttles, nor looks at
//! credentials, so that the shape of any other refusal of the right side is the measure.

use super::starting_points::lock;
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "forged-throttling" "A forged throttling has the fields, the status and the headers of a genuine refusal" [ShapeAlone, AnyError, Headers]
        given lock("me", "4102444800");
        forged throttled for DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "you"}},
        }
    },
    operation! { "forged-expired-credentials" "So has a forged refusal of expired credentials" [ShapeAlone, AnyError, Headers]
        given lock("me", "4102444800");
        forged expired_credentials for DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "you"}},
        }
    },
    operation! { "forged-missing-table" "A forged missing table is a genuine one in all that a client can tell" [Headers]
        forged no_such_table for GetItem {
            "TableName": "<table>-not-there",
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
        }
    },
];
