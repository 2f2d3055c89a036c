//! Transactions: all or nothing, and what is refused.

use super::starting_points::{candles, everything, lock};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "transaction-whole" "A put, an update and a delete in one are all carried out"
        given candles(2);
        TransactWriteItems { "TransactItems": [
            {"Put": {"TableName": "<table>", "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "new"}}}},
            {"Update": {
                "TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}},
                "UpdateExpression": "SET volume = :volume", "ExpressionAttributeValues": {":volume": {"N": "7"}},
            }},
            {"Delete": {"TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-02T00:00:00Z"}}}},
        ] }
        ask everything();
    },
    operation! { "transaction-cancelled" "A condition that does not hold cancels all of it"
        given lock("me", "4102444800");
        TransactWriteItems { "TransactItems": [
            {"Put": {"TableName": "<table>", "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "new"}}}},
            {"ConditionCheck": {
                "TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
                "ConditionExpression": "LockHolder = :holder", "ExpressionAttributeValues": {":holder": {"S": "you"}},
            }},
        ] }
        ask everything();
    },
    operation! { "transaction-on-a-condition" "A condition that holds lets all of it through"
        given lock("me", "4102444800");
        TransactWriteItems { "TransactItems": [
            {"Put": {"TableName": "<table>", "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "new"}}}},
            {"ConditionCheck": {
                "TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "LOCK"}},
                "ConditionExpression": "LockHolder = :holder", "ExpressionAttributeValues": {":holder": {"S": "me"}},
            }},
        ] }
        ask everything();
    },
    operation! { "transaction-of-one-item-twice" "Two writes of one item in one transaction are refused"
        TransactWriteItems { "TransactItems": [
            {"Put": {"TableName": "<table>", "Item": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}}},
            {"Delete": {"TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}}}},
        ] }
        ask everything();
    },
    operation! { "transaction-of-nothing" "A transaction of no writes is refused"
        TransactWriteItems { "TransactItems": [] }
    },
    operation! { "transaction-told-twice" "The same token a second time carries nothing out again"
        TransactWriteItems {
            "ClientRequestToken": "<pk>",
            "TransactItems": [{"Update": {
                "TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
                "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}},
            }}],
        }
        TransactWriteItems {
            "ClientRequestToken": "<pk>",
            "TransactItems": [{"Update": {
                "TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
                "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}},
            }}],
        }
        ask everything();
    },
    operation! { "transaction-of-reads" "A transaction of reads gives each item in the order asked for, and nothing for none"
        given candles(2);
        TransactGetItems { "TransactItems": [
            {"Get": {"TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-02T00:00:00Z"}}}},
            {"Get": {"TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "none"}}}},
            {"Get": {"TableName": "<table>", "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "D#2026-01-01T00:00:00Z"}}}},
        ] }
    },
];
