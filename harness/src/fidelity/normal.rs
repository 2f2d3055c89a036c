//! The form in which answers are compared: without what DynamoDB does not promise.

use std::str::FromStr;

use bigdecimal::BigDecimal;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::operation::{Manner, Operation};

/// Fields whose values belong to a table or an instant: only their types are compared.
const OF_THE_MOMENT: [&str; 10] = [
    "CreationDateTime",
    "DeletionProtectionEnabled",
    "ItemCount",
    "LastDecreaseDateTime",
    "LastIncreaseDateTime",
    "LastUpdateToPayPerRequestDateTime",
    "TableArn",
    "TableId",
    "TableSizeBytes",
    "TableStatus",
];
/// Lists whose order DynamoDB does not promise, and sets.
const UNORDERED: [&str; 6] = ["AttributeDefinitions", "BS", "NS", "Responses", "SS", "TableNames"];

/// An answer in the form in which it is compared. The names of all tables of this run on its side begin with `run`.
pub(super) fn normal(answer: &Answer, operation: &Operation, asked: &str, run: &str) -> Value {
    let mut body = answer.body.clone();
    let form = Form { letters: operation.is(Manner::ToTheLetter), shape: operation.is(Manner::ShapeAlone), run };
    if let (false, Some(Value::Array(names))) = (form.shape, body.get_mut("TableNames")) {
        // What else is there is the side's own affair.
        names.retain(|name| name.as_str().is_some_and(|name| name.starts_with(run)));
    }
    form.apply(&mut body);
    if asked == "Scan" {
        sort(body.get_mut("Items"));
    }
    for batch in ["Responses", "UnprocessedItems", "UnprocessedKeys"] {
        let tables = body.get_mut(batch).and_then(Value::as_object_mut);
        tables.into_iter().flat_map(Map::values_mut).for_each(|items| sort(Some(items)));
    }
    let error = answer.error().map(|error| if operation.is(Manner::AnyError) { "<any>" } else { error }.to_owned());
    if let (Some(error), Some(fields)) = (error, body.as_object_mut()) {
        fields.insert("__type".into(), error.into());
        // What an error says is for people, and no emulator words it as DynamoDB does.
        fields.retain(|name, _| !name.eq_ignore_ascii_case("message"));
    }
    let mut whole = Map::from_iter([("status".to_owned(), answer.status.into()), ("body".to_owned(), body)]);
    if operation.is(Manner::Headers) {
        let kind = answer.content_type.clone().unwrap_or_else(|| "absent".into());
        whole.insert("content-type".into(), kind.into());
        whole.insert("x-amz-crc32".into(), answer.checksum.word().into());
        whole.insert("x-amzn-requestid".into(), if answer.has_request_id { "there" } else { "absent" }.into());
    }
    Value::Object(whole)
}

struct Form<'a> {
    letters: bool,
    shape: bool,
    run: &'a str,
}

impl Form<'_> {
    fn apply(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                let ours: Vec<String> = fields.keys().filter(|name| name.starts_with(self.run)).cloned().collect();
                for name in ours {
                    let inside = fields.remove(&name).unwrap_or_default();
                    fields.insert(self.anywhere(&name), inside);
                }
                for (name, inside) in fields.iter_mut() {
                    self.apply_to(name, inside);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply(item)),
            _ if self.shape => *value = type_of(value).into(),
            // One side's `2.0` is the other's `2`.
            Value::Number(number) => *value = read_number(&worth(&number.to_string())),
            Value::String(text) if text.starts_with(self.run) => *text = self.anywhere(text),
            _ => {}
        }
    }

    /// The name of one of the run's tables, as it is on any side.
    fn anywhere(&self, name: &str) -> String {
        name.replacen(self.run, "<table>", 1)
    }

    fn apply_to(&self, name: &str, value: &mut Value) {
        if OF_THE_MOMENT.contains(&name) {
            *value = type_of(value).into();
            return;
        }
        if let ("N", Value::String(digits)) = (name, &mut *value)
            && !self.letters
        {
            *digits = worth(digits);
        }
        if let ("NS", Value::Array(numbers)) = (name, &mut *value)
            && !self.letters
        {
            for number in numbers.iter_mut() {
                *number = number.as_str().map_or_else(|| number.clone(), |digits| worth(digits).into());
            }
        }
        self.apply(value);
        if UNORDERED.contains(&name) {
            sort(Some(value));
        }
    }
}

/// A number as DynamoDB keeps it: without zeros that mean nothing, and with one zero.
pub(super) fn worth(digits: &str) -> String {
    BigDecimal::from_str(digits).map_or_else(|_| digits.to_owned(), |number| number.normalized().to_plain_string())
}

/// Digits as a JSON number again, so that it is told from a string.
fn read_number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or_else(|_| digits.into())
}

/// A type in JSON's own words, in brackets, so that no value is taken for one.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "<null>",
        Value::Bool(_) => "<boolean>",
        Value::Number(_) => "<number>",
        Value::String(_) => "<string>",
        Value::Array(_) => "<array>",
        Value::Object(_) => "<object>",
    }
}

fn sort(value: Option<&mut Value>) {
    if let Some(Value::Array(items)) = value {
        items.sort_by_key(Value::to_string);
    }
}

#[cfg(test)]
mod tests {
    use super::worth;

    #[test]
    fn numbers_are_worth_what_dynamodb_keeps_of_them() {
        let table = [
            ("1.50", "1.5"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("007", "7"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("+4", "4"),
            ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
            ("no number", "no number"),
        ];
        for (digits, expected) in table {
            assert_eq!(worth(digits), expected, "{digits}");
        }
    }
}
