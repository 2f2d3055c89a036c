//! Tables: described, listed, created twice, not there.

use super::starting_points::{candle, put_request};
use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "describe-table" "A table is described with its keys, and how it is paid for"
        DescribeTable {}
    },
    operation! { "describe-no-table" "A table that is not there cannot be described"
        DescribeTable { "TableName": "<table>-not-there" }
    },
    operation! { "list-tables-of-one" "A list of one of several tables tells where to go on" [ShapeAlone, AwsTable]
        ListTables { "Limit": 1 }
    },
    operation! { "list-tables" "A list holds the tables that are there" [AwsTable]
        ListTables {}
    },
    operation! { "create-table" "A table is created as the contract wants it, and is described at once"
        CreateTable {
            "TableName": "<table>-made",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                {"AttributeName": "PK", "AttributeType": "S"}, {"AttributeName": "SK", "AttributeType": "S"},
            ],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        }
        DescribeTable { "TableName": "<table>-made" }
    },
    operation! { "create-table-again" "A table that is there cannot be created"
        CreateTable {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
        }
    },
    operation! { "create-table-without-definition" "A key without a definition is refused"
        CreateTable {
            "TableName": "<table>-undefined",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
        }
    },
    operation! { "create-table-with-a-bad-name" "A name of two letters is refused"
        CreateTable {
            "TableName": "ab",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
        }
    },
    operation! { "delete-table" "A deleted table is described as it was" [AwsTable]
        DeleteTable {}
    },
    operation! { "delete-no-table" "A table that is not there cannot be deleted"
        DeleteTable { "TableName": "<table>-not-there" }
    },
    operation! { "table-unknown" "Every operation on a table that is not there is refused alike"
        GetItem { "TableName": "<table>-not-there", "Key": {"PK": {"S": "1"}, "SK": {"S": "1"}} }
        PutItem { "TableName": "<table>-not-there", "Item": candle(1) }
        DeleteItem { "TableName": "<table>-not-there", "Key": {"PK": {"S": "1"}, "SK": {"S": "1"}} }
        Query {
            "TableName": "<table>-not-there",
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "1"}},
        }
        Scan { "TableName": "<table>-not-there" }
        BatchWriteItem { "RequestItems": {"<table>-not-there": [put_request(candle(1))]} }
    },
    operation! { "table-name-missing" "An operation that names no table is refused"
        ask crate::fidelity::operation::Call::raw("Query", r#"{"KeyConditionExpression": "PK = :pk"}"#);
    },
    operation! { "index-unknown" "A query of an index that is not there is refused"
        Query {
            "IndexName": "by-day",
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
        }
    },
];
