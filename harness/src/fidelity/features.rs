//! What a call to DynamoDB makes use of: the words in which the battery and the catalogue's calls are held together.
//!
//! Read from what passes the wire alone. A parameter that nobody thought of is a feature all the same, so that a
//! server that begins to use it relies on something that the battery lacks.

use std::collections::BTreeSet;

use serde_json::Value;

use super::answer::Answer;

/// What a call makes use of, in words: `Query`, `Query with Limit`, `numbers of over 15 digits`.
pub type Features = BTreeSet<String>;

/// Fields that every call of its kind has, or that are read for what is in them.
const INHERENT: [&str; 10] = [
    "AttributeDefinitions",
    "ExpressionAttributeValues",
    "Item",
    "Key",
    "KeyConditionExpression",
    "KeySchema",
    "RequestItems",
    "TableName",
    "ConditionExpression",
    "UpdateExpression",
];
/// Operations that read, and do so consistently only when told to.
const READS: [&str; 3] = ["GetItem", "Query", "Scan"];
/// What expressions are made of.
const WORDS: [&str; 17] = [
    "ADD",
    "AND",
    "BETWEEN",
    "DELETE",
    "IN",
    "NOT",
    "OR",
    "REMOVE",
    "SET",
    "attribute_exists",
    "attribute_not_exists",
    "attribute_type",
    "begins_with",
    "contains",
    "if_not_exists",
    "list_append",
    "size",
];
/// From here on an f64 no longer holds every number.
const DIGITS_OF_F64: usize = 15;

/// What a call makes use of, and its answer, if the answer is the tier's own.
pub fn features(operation: &str, request: &Value, answer: Option<&Answer>) -> Features {
    let mut found = Features::from([operation.to_owned()]);
    match request.as_object() {
        Some(fields) => fields.iter().for_each(|(name, value)| parameter(operation, name, value, &mut found)),
        None => note("bodies that are no objects", &mut found),
    }
    // What is read consistently says something of every read, and the other way round it does not.
    if READS.contains(&operation) && request["ConsistentRead"] != true {
        found.insert(format!("{operation} with eventual consistency"));
    }
    for part in ["Item", "Key", "ExpressionAttributeValues", "RequestItems"] {
        values(&request[part], &mut found);
    }
    if let Some(answer) = answer {
        outcome(operation, answer, &mut found);
    }
    found
}

fn parameter(operation: &str, name: &str, value: &Value, found: &mut Features) {
    if name == "ConsistentRead" || name == "ScanIndexForward" && value != false {
        return;
    }
    if name.ends_with("Expression") {
        let of = name.trim_end_matches("Expression");
        expression(value.as_str().unwrap_or_default()).for_each(|part| {
            found.insert(format!("{operation} {of} {part}"));
        });
    }
    if name == "RequestItems" {
        batch(operation, value, found);
    }
    if !INHERENT.contains(&name) {
        found.insert(match value.as_str().filter(|_| name.starts_with("Return") || name == "Select") {
            Some(choice) => format!("{operation} with {name} {choice}"),
            None => format!("{operation} with {name}"),
        });
    }
}

/// What an expression is made of: functions, words and comparisons.
fn expression(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && !"_#:.".contains(letter));
    let words = words.filter_map(|word| WORDS.into_iter().find(|known| known.eq_ignore_ascii_case(word)));
    // The partition's own comparison is in every condition on keys, so that comparing says nothing there.
    let compared = ["<>", "<=", ">=", "<", ">"].into_iter().any(|sign| text.contains(sign));
    let equal = text.split_whitespace().any(|word| word == "=");
    words.chain(compared.then_some("inequality")).chain(equal.then_some("equality"))
}

fn batch(operation: &str, items: &Value, found: &mut Features) {
    let tables = items.as_object().into_iter().flatten().map(|(_, requests)| requests);
    for requests in tables {
        let requests = requests["Keys"].as_array().or_else(|| requests.as_array()).map_or(&[][..], Vec::as_slice);
        for kind in ["PutRequest", "DeleteRequest"] {
            if requests.iter().any(|request| request.get(kind).is_some()) {
                found.insert(format!("{operation} with {kind}"));
            }
        }
        if requests.len() > 1 {
            found.insert(format!("{operation} of several"));
        }
    }
}

fn outcome(operation: &str, answer: &Answer, found: &mut Features) {
    if let Some(error) = answer.error() {
        found.insert(format!("{operation} refused with {error}"));
        return;
    }
    let body = &answer.body;
    for part in ["Item", "Items", "Attributes", "Responses"] {
        values(&body[part], found);
    }
    if answer.last_evaluated_key().is_some() {
        found.insert(format!("{operation} with more to come"));
    }
    if body["Items"].as_array().is_some_and(Vec::is_empty) {
        found.insert(format!("{operation} that finds nothing"));
    }
    if body["UnprocessedItems"].as_object().is_some_and(|left| !left.is_empty()) {
        found.insert(format!("{operation} with UnprocessedItems"));
    }
}

/// What is special about the attributes in a part of a body.
fn values(value: &Value, found: &mut Features) {
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| values(part, found)),
        Value::Object(fields) => {
            for (name, inside) in fields {
                match (name.as_str(), inside) {
                    ("N", Value::String(digits)) => number(digits, found),
                    ("S", Value::String(text)) => string(text, found),
                    ("BOOL", Value::Bool(_)) => note("booleans", found),
                    ("NULL", Value::Bool(_)) => note("nulls", found),
                    ("N" | "S" | "BOOL" | "NULL", _) if fields.len() == 1 => note("values of a wrong type", found),
                    ("B", Value::String(_)) => note("binaries", found),
                    ("SS" | "NS" | "BS", Value::Array(_)) => note("sets", found),
                    ("L", Value::Array(_)) | ("M", Value::Object(_)) => {
                        note("nested attributes", found);
                        values(inside, found);
                    }
                    _ => values(inside, found),
                }
            }
        }
        _ => {}
    }
}

fn number(digits: &str, found: &mut Features) {
    let (mantissa, exponent) =
        digits.split_once(['e', 'E']).map_or((digits, None), |(front, back)| (front, Some(back)));
    let significant: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = significant.trim_matches('0').len();
    let whole = !mantissa.contains('.');
    for (is_so, what) in [
        (significant > DIGITS_OF_F64, "numbers of over 15 digits"),
        (!whole, "numbers with a fraction"),
        (!whole && mantissa.ends_with('0'), "numbers with trailing zeros"),
        (mantissa.starts_with('-'), "negative numbers"),
        (exponent.is_some(), "numbers with an exponent"),
    ] {
        if is_so {
            note(what, found);
        }
    }
}

fn string(text: &str, found: &mut Features) {
    if text.is_empty() {
        note("empty strings", found);
    }
    if !text.is_ascii() {
        note("strings beyond ASCII", found);
    }
    if text.len() > 1024 {
        note("strings of over 1 KB", found);
    }
}

fn note(feature: &str, found: &mut Features) {
    found.insert(feature.to_owned());
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::answer::{Answer, Checksum};
    use super::features;

    fn answered(status: u16, body: Value) -> Answer {
        Answer { status, content_type: None, checksum: Checksum::Absent, has_request_id: false, body }
    }

    fn of(operation: &str, request: Value, answer: Option<Answer>) -> Vec<String> {
        features(operation, &request, answer.as_ref()).into_iter().collect()
    }

    #[test]
    fn a_query_tells_what_it_uses_of_its_sort_key_projection_and_order() {
        let request = json!({
            "TableName": "t", "KeyConditionExpression": "PK = :p AND SK BETWEEN :a AND :b",
            "ExpressionAttributeValues": {":p": {"S": "é"}, ":a": {"S": ""}}, "ScanIndexForward": false,
            "ConsistentRead": false, "Limit": 3,
        });
        let expected = [
            "Query",
            "Query KeyCondition AND",
            "Query KeyCondition BETWEEN",
            "Query KeyCondition equality",
            "Query with Limit",
            "Query with ScanIndexForward",
            "Query with eventual consistency",
            "Query with more to come",
            "booleans",
            "empty strings",
            "numbers of over 15 digits",
            "numbers with a fraction",
            "strings beyond ASCII",
        ];
        let item = json!({"open": {"N": "1.234567890123456789"}, "is_closed": {"BOOL": true}});
        let page = answered(200, json!({"Items": [item], "LastEvaluatedKey": {}}));
        assert_eq!(of("Query", request, Some(page)), expected);
    }

    #[test]
    fn a_lost_condition_tells_its_parts_and_its_error() {
        let request = json!({
            "Item": {"v": {"N": "-1e5"}},
            "ConditionExpression": "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        });
        let expected = [
            "PutItem",
            "PutItem Condition AND",
            "PutItem Condition OR",
            "PutItem Condition attribute_not_exists",
            "PutItem Condition inequality",
            "PutItem refused with ConditionalCheckFailedException",
            "PutItem with ReturnValuesOnConditionCheckFailure ALL_OLD",
            "negative numbers",
            "numbers with an exponent",
        ];
        let lost = answered(400, json!({"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}));
        assert_eq!(of("PutItem", request, Some(lost)), expected);
    }

    #[test]
    fn a_batch_tells_what_it_writes_and_what_was_left() {
        let requests = json!([{"PutRequest": {"Item": {"a": {"L": []}}}}, {"DeleteRequest": {"Key": {}}}]);
        let left = answered(200, json!({"UnprocessedItems": {"t": []}}));
        let expected = [
            "BatchWriteItem",
            "BatchWriteItem of several",
            "BatchWriteItem with DeleteRequest",
            "BatchWriteItem with PutRequest",
            "BatchWriteItem with UnprocessedItems",
            "nested attributes",
        ];
        assert_eq!(of("BatchWriteItem", json!({"RequestItems": {"t": requests}}), Some(left)), expected);
    }

    #[test]
    fn a_parameter_that_nobody_thought_of_is_a_feature() {
        let expected = ["GetItem", "GetItem with Brand"];
        assert_eq!(of("GetItem", json!({"Key": {}, "Brand": "new", "ConsistentRead": true}), None), expected);
    }
}
