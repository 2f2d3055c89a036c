//! Two answers in their compared form, side by side: where they differ, and in what.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::normal::type_of;

/// How much of a value a difference shows, in characters.
const SHOWN: usize = 120;
/// What stands for a field that is not there.
const ABSENT: &str = "absent";

/// One difference between two sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The call and the place in its answer: `2. Query: Items[0].open.N`.
    pub at: String,
    /// What kind of difference it is.
    pub kind: Kind,
    /// What the left side shows there.
    pub left: String,
    /// What the right side shows there.
    pub right: String,
}

/// In what two answers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The HTTP status.
    Status,
    /// The type of an error.
    ErrorType,
    /// Which fields there are, and of which types.
    Shape,
    /// What stands in a field.
    Value,
}

impl Kind {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::ErrorType => "error type",
            Self::Shape => "shape",
            Self::Value => "value",
        }
    }
}

/// Where two answers to one call differ.
pub(super) fn differences(call: &str, left: &Value, right: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(call, "", left, right, &mut found);
    found
}

fn walk(call: &str, path: &str, left: &Value, right: &Value, found: &mut Vec<Difference>) {
    let note = |found: &mut Vec<Difference>, path: &str, kind, left: String, right: String| {
        let place = path.trim_start_matches(".body").trim_start_matches('.');
        let at = if place.is_empty() { call.to_owned() } else { format!("{call}: {place}") };
        found.push(Difference { at, kind, left, right });
    };
    match (left, right) {
        (Value::Object(lefts), Value::Object(rights)) => {
            let names: BTreeSet<&String> = lefts.keys().chain(rights.keys()).collect();
            for name in names {
                let inner = format!("{path}.{name}");
                match (lefts.get(name), rights.get(name)) {
                    (Some(left), Some(right)) => walk(call, &inner, left, right, found),
                    (left, right) => {
                        let kind = if name == "__type" { Kind::ErrorType } else { Kind::Shape };
                        let show = |side: Option<&Value>| side.map_or_else(|| ABSENT.into(), shown);
                        note(found, &inner, kind, show(left), show(right));
                    }
                }
            }
        }
        (Value::Array(lefts), Value::Array(rights)) => {
            if lefts.len() != rights.len() {
                note(found, path, Kind::Value, format!("{} entries", lefts.len()), format!("{} entries", rights.len()));
            }
            for (turn, (left, right)) in lefts.iter().zip(rights).enumerate() {
                walk(call, &format!("{path}[{turn}]"), left, right, found);
            }
        }
        (left, right) if left == right => {}
        (left, right) => {
            let kind = match path {
                ".status" => Kind::Status,
                ".body.__type" => Kind::ErrorType,
                _ if type_of(left) != type_of(right) || names_a_type(left) => Kind::Shape,
                _ => Kind::Value,
            };
            note(found, path, kind, shown(left), shown(right));
        }
    }
}

/// Whether only the type is left of a value, because no more of it is compared.
fn names_a_type(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('<') && text.ends_with('>'))
}

fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Kind, differences};

    #[test]
    fn every_kind_of_difference_is_told_with_its_place() {
        let left = json!({"status": 200, "body": {"Items": [{"a": {"N": "1"}}], "Count": 1}});
        let table = [
            (json!({"status": 400, "body": left["body"]}), "status", Kind::Status),
            (json!({"status": 200, "body": {"Items": [{"a": {"N": "2"}}], "Count": 1}}), "Items[0].a.N", Kind::Value),
            (json!({"status": 200, "body": {"Items": [{"a": {"S": "1"}}], "Count": 1}}), "Items[0].a.N", Kind::Shape),
            (json!({"status": 200, "body": {"Items": [], "Count": 1}}), "Items", Kind::Value),
            (json!({"status": 200, "body": {"Items": left["body"]["Items"], "Count": "1"}}), "Count", Kind::Shape),
            (json!({"status": 200, "body": {"Items": left["body"]["Items"]}}), "Count", Kind::Shape),
        ];
        for (right, place, kind) in table {
            let found = differences("1. Query", &left, &right);
            let first = found.first().map(|difference| (difference.at.as_str(), difference.kind));
            assert_eq!(first, Some((format!("1. Query: {place}").as_str(), kind)), "{right}");
        }
        assert_eq!(differences("1. Query", &left, &left), []);
    }

    #[test]
    fn types_of_errors_are_told_apart() {
        let [left, right] = ["A", "B"].map(|error| json!({"status": 400, "body": {"__type": error}}));
        let found = differences("1. Query", &left, &right);
        assert_eq!(found.iter().map(|difference| difference.kind).collect::<Vec<_>>(), [Kind::ErrorType]);
    }
}
