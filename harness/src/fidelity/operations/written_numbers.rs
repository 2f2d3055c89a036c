//! What becomes of a number's notation on every way into a table. Compared letter by letter.

use serde_json::{Value, json};

use super::starting_points::{batch, everything, put, put_request};
use crate::fidelity::operation::{Call, Manner, Operation, Step};

/// Each way with each notation: what it is called, and the calls that write a number on it.
macro_rules! ways {
    ($($way:literal $about:literal $write:ident;)+) => {
        &[$(
            ways!(@one $way $about $write "trailing-zeros" "150.1250"),
            ways!(@one $way $about $write "zeros-behind-the-point" "100.00"),
            ways!(@one $way $about $write "leading-zeros" "000.0500"),
            ways!(@one $way $about $write "an-exponent" "1.5E3"),
            ways!(@one $way $about $write "a-sign" "+1.5"),
            ways!(@one $way $about $write "negative-zero" "-0.0"),
        )+]
    };
    (@one $way:literal $about:literal $write:ident $notation:literal $digits:literal) => {
        Operation {
            name: concat!($way, "-of-", $notation),
            about: concat!("What is left of ", $digits, " ", $about),
            manners: &[Manner::ToTheLetter],
            steps: || $write($digits).into_iter().chain([everything()]).map(Step::asked).collect(),
        }
    };
}

pub(super) const OPERATIONS: &[Operation] = ways! {
    "set" "when an update sets it" set;
    "add" "when an update adds it to nothing" add;
    "sum" "when an update adds it to zero" sum;
    "list" "in a list that is put" in_a_list;
    "map" "in a map that is put" in_a_map;
    "number-set" "in a set that is put" in_a_set;
    "set-in-a-list" "when an update sets it in a list" set_in_a_list;
    "set-in-a-map" "when an update sets it in a map" set_in_a_map;
    "append" "when an update appends it to a list" append;
    "batch-put" "in a batch" in_a_batch;
    "transact-put" "when a transaction puts it" transact_put;
    "transact-update" "when a transaction sets it" transact_update;
};

fn item(name: &str, value: Value) -> Value {
    json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, name: value})
}

fn number(digits: &str) -> Value {
    json!({"N": digits})
}

fn update(expression: &str, values: Value) -> Value {
    json!({
        "Key": {"PK": {"S": "<pk>"}, "SK": {"S": "1"}},
        "UpdateExpression": expression,
        "ExpressionAttributeValues": values,
    })
}

fn updated(expression: &str, values: Value) -> Call {
    Call::new("UpdateItem", update(expression, values))
}

fn set(digits: &str) -> Vec<Call> {
    vec![updated("SET n = :n", json!({":n": number(digits)}))]
}

fn add(digits: &str) -> Vec<Call> {
    vec![updated("ADD n :n", json!({":n": number(digits)}))]
}

fn sum(digits: &str) -> Vec<Call> {
    vec![updated("SET n = :zero + :n", json!({":zero": number("0"), ":n": number(digits)}))]
}

fn in_a_list(digits: &str) -> Vec<Call> {
    vec![put(item("l", json!({"L": [number(digits)]})))]
}

fn in_a_map(digits: &str) -> Vec<Call> {
    vec![put(item("m", json!({"M": {"n": number(digits)}})))]
}

fn in_a_set(digits: &str) -> Vec<Call> {
    vec![put(item("s", json!({"NS": [digits]})))]
}

fn set_in_a_list(digits: &str) -> Vec<Call> {
    let there = put(item("l", json!({"L": [number("1")]})));
    vec![there, updated("SET l[0] = :n", json!({":n": number(digits)}))]
}

fn set_in_a_map(digits: &str) -> Vec<Call> {
    let there = put(item("m", json!({"M": {}})));
    vec![there, updated("SET m.n = :n", json!({":n": number(digits)}))]
}

fn append(digits: &str) -> Vec<Call> {
    let there = put(item("l", json!({"L": []})));
    vec![there, updated("SET l = list_append(l, :more)", json!({":more": {"L": [number(digits)]}}))]
}

fn in_a_batch(digits: &str) -> Vec<Call> {
    vec![batch([put_request(item("n", number(digits)))])]
}

fn transact_put(digits: &str) -> Vec<Call> {
    let put = json!({"TableName": "<table>", "Item": item("n", number(digits))});
    vec![Call::new("TransactWriteItems", json!({"TransactItems": [{"Put": put}]}))]
}

fn transact_update(digits: &str) -> Vec<Call> {
    let mut update = update("SET n = :n", json!({":n": number(digits)}));
    update["TableName"] = "<table>".into();
    vec![Call::new("TransactWriteItems", json!({"TransactItems": [{"Update": update}]}))]
}
