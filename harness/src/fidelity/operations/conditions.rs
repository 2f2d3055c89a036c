//! Writes on a condition, won and lost: what locks are made of.

use super::starting_points::{candles, lock};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "put-if-absent-won" "attribute_not_exists lets the first put through"
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "me"}},
            "ConditionExpression": "attribute_not_exists(PK)",
        }
    },
    operation! { "put-if-absent-lost" "attribute_not_exists refuses the second put, and leaves the item alone"
        given lock("first", "4102444800");
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "second"}},
            "ConditionExpression": "attribute_not_exists(PK)",
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}}, "ConsistentRead": true }
    },
    operation! { "lock-taken-when-free" "What the server's lock does where there is none"
        PutItem {
            "Item": {
                "PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "me"}, "fence": {"N": "2"}, "ExpiresAt": {"N": "130"},
            },
            "ConditionExpression": "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence) OR LockHolder = :holder",
            "ExpressionAttributeValues": {":now": {"N": "100"}, ":fence": {"N": "2"}, ":holder": {"S": "me"}},
        }
    },
    operation! { "lock-taken-over" "What the server's lock does where the lease has ended: the number is compared, not the text"
        given lock("gone", "99");
        PutItem {
            "Item": {
                "PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "me"}, "fence": {"N": "1770156000000001"},
                "ExpiresAt": {"N": "130"},
            },
            "ConditionExpression": "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence) OR LockHolder = :holder",
            "ExpressionAttributeValues": {":now": {"N": "100"}, ":fence": {"N": "1770156000000001"}, ":holder": {"S": "me"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}}, "ConsistentRead": true }
    },
    operation! { "lock-held" "What the server's lock does where the lease is running"
        given lock("someone", "4102444800");
        PutItem {
            "Item": {
                "PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "me"}, "fence": {"N": "1770156000000001"},
                "ExpiresAt": {"N": "130"},
            },
            "ConditionExpression": "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence) OR LockHolder = :holder",
            "ExpressionAttributeValues": {":now": {"N": "100"}, ":fence": {"N": "1770156000000001"}, ":holder": {"S": "me"}},
        }
    },
    operation! { "lock-taken-already" "What the server's lock does where the first reply was lost: it names its holder"
        given lock("me", "4102444800");
        PutItem {
            "Item": {
                "PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "me"}, "fence": {"N": "1770156000000000"},
                "ExpiresAt": {"N": "4102444800"},
            },
            "ConditionExpression": "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence) OR LockHolder = :holder",
            "ExpressionAttributeValues": {":now": {"N": "100"}, ":fence": {"N": "1770156000000000"}, ":holder": {"S": "me"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}}, "ConsistentRead": true }
    },
    operation! { "lock-released" "Its holder can delete a lock"
        given lock("me", "4102444800");
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "me"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}}, "ConsistentRead": true }
    },
    operation! { "lock-kept-from-others" "Nobody else can delete a lock"
        given lock("me", "4102444800");
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "you"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}}, "ConsistentRead": true }
    },
    operation! { "lock-released-when-gone" "A condition on an item that is not there is lost"
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "me"}},
        }
    },
    operation! { "claim-of-a-window" "What the server's record of a complete window does: only a newer fence writes over it"
        PutItem {
            "Item": {
                "PK": {"S": "<pk>"}, "SK": {"S": "COVERAGE"}, "fence": {"N": "5"}, "absent": {"SS": ["2026-01-02", "2026-01-01"]},
            },
            "ConditionExpression": "attribute_not_exists(fence) OR fence <= :fence",
            "ExpressionAttributeValues": {":fence": {"N": "5"}},
        }
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "COVERAGE"}, "fence": {"N": "4"}},
            "ConditionExpression": "attribute_not_exists(fence) OR fence <= :fence",
            "ExpressionAttributeValues": {":fence": {"N": "4"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "COVERAGE"}}, "ConsistentRead": true }
    },
    operation! { "claim-with-a-long-fence" "Fences of 16 digits are compared exactly"
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "COVERAGE"}, "fence": {"N": "9007199254740993"}},
            "ConditionExpression": "attribute_not_exists(fence) OR fence <= :fence",
            "ExpressionAttributeValues": {":fence": {"N": "9007199254740993"}},
        }
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "COVERAGE"}, "fence": {"N": "9007199254740992"}},
            "ConditionExpression": "attribute_not_exists(fence) OR fence <= :fence",
            "ExpressionAttributeValues": {":fence": {"N": "9007199254740992"}},
        }
    },
    operation! { "action-is-later" "What the server's latest action does: dates as texts are compared letter by letter"
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "ACTION#D"}, "ex_date": {"S": "2026-02-04"}},
            "ConditionExpression": "attribute_not_exists(ex_date) OR ex_date < :ex_date",
            "ExpressionAttributeValues": {":ex_date": {"S": "2026-02-04"}},
        }
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "ACTION#D"}, "ex_date": {"S": "2026-01-28"}},
            "ConditionExpression": "attribute_not_exists(ex_date) OR ex_date < :ex_date",
            "ExpressionAttributeValues": {":ex_date": {"S": "2026-01-28"}},
        }
        GetItem { "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "ACTION#D"}}, "ConsistentRead": false }
    },
    operation! { "put-lost-shows-item" "ReturnValuesOnConditionCheckFailure ALL_OLD shows who was there first"
        given lock("first", "4102444800");
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "second"}},
            "ConditionExpression": "attribute_not_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    },
    operation! { "put-lost-shows-nothing" "ReturnValuesOnConditionCheckFailure NONE shows nothing"
        given lock("first", "4102444800");
        PutItem {
            "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}, "LockHolder": {"S": "second"}},
            "ConditionExpression": "attribute_not_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "NONE",
        }
    },
    operation! { "delete-lost-shows-item" "A delete that is lost can show the item, too"
        given lock("first", "4102444800");
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
            "ConditionExpression": "LockHolder = :holder",
            "ExpressionAttributeValues": {":holder": {"S": "second"}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    },
    operation! { "condition-across-types" "A number is neither less nor more than a string: the condition is lost"
        given candles(1);
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ConditionExpression": "volume > :text",
            "ExpressionAttributeValues": {":text": {"S": "1"}},
        }
    },
    operation! { "condition-on-nothing" "An inequality with an attribute that is not there is lost"
        given candles(1);
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ConditionExpression": "nowhere < :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
    },
    operation! { "condition-functions" "attribute_type, size, contains and IN are understood"
        given candles(1);
        DeleteItem {
            "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
            "ConditionExpression":
                "attribute_type(volume, :number) AND size(fetched_at) = :length AND contains(fetched_at, :part) AND is_closed IN (:yes, :no)",
            "ExpressionAttributeValues": {
                ":number": {"S": "N"}, ":length": {"N": "20"}, ":part": {"S": "02-03"}, ":yes": {"BOOL": true}, ":no": {"BOOL": false},
            },
        }
    },
];
