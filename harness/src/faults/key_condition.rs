//! Reads a Query's KeyConditionExpression: one partition key, and at most one condition on the sort key.

use std::collections::HashMap;
use std::ops::Bound;

use serde::Deserialize;

use super::access::Text;
use super::sort_keys::SortKeys;

/// What tells which part of which table a Query reads.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(super) struct Query {
    pub(super) table_name: String,
    key_condition_expression: String,
    expression_attribute_names: HashMap<String, String>,
    expression_attribute_values: HashMap<String, Text>,
}

impl Query {
    /// The partition and the sort keys that it asks for; no partition when the condition cannot be read.
    pub(super) fn keys(&self) -> (Option<String>, SortKeys) {
        let words = spaced(&self.key_condition_expression);
        let words: Vec<&str> = words.split_whitespace().collect();
        let (mut pk, mut sk) = (None, SortKeys::ALL);
        let mut rest = words.as_slice();
        loop {
            let (path, keys) = match rest {
                ["begins_with", path, prefix, tail @ ..] => {
                    rest = tail;
                    (path, SortKeys::Prefix(self.value(prefix)))
                }
                [path, word, low, _and, high, tail @ ..] if word.eq_ignore_ascii_case("between") => {
                    rest = tail;
                    let [low, high] = [low, high].map(|end| Bound::Included(self.value(end)));
                    (path, SortKeys::Range(low, high))
                }
                [path, comparator, operand, tail @ ..] => {
                    rest = tail;
                    (path, compared(comparator, self.value(operand)))
                }
                _ => return (pk, sk),
            };
            match self.name(path) {
                "PK" => pk = Some(keys.to_string()),
                _ => sk = keys,
            }
            if let [word, tail @ ..] = rest
                && word.eq_ignore_ascii_case("and")
            {
                rest = tail;
            }
        }
    }

    fn name<'a>(&'a self, path: &'a str) -> &'a str {
        self.expression_attribute_names.get(path).map_or(path, String::as_str)
    }

    fn value(&self, placeholder: &str) -> String {
        self.expression_attribute_values.get(placeholder).and_then(|text| text.s.clone()).unwrap_or_default()
    }
}

/// The expression with blanks for punctuation and around comparators, so that it falls into words.
fn spaced(expression: &str) -> String {
    let mut spaced = String::with_capacity(expression.len() + 8);
    let mut after_comparator = false;
    for letter in expression.chars() {
        let comparator = matches!(letter, '=' | '<' | '>');
        if comparator != after_comparator {
            spaced.push(' ');
        }
        after_comparator = comparator;
        spaced.push(if matches!(letter, '(' | ')' | ',') { ' ' } else { letter });
    }
    spaced
}

fn compared(comparator: &str, operand: String) -> SortKeys {
    match comparator {
        "<" => SortKeys::Range(Bound::Unbounded, Bound::Excluded(operand)),
        "<=" => SortKeys::Range(Bound::Unbounded, Bound::Included(operand)),
        ">" => SortKeys::Range(Bound::Excluded(operand), Bound::Unbounded),
        ">=" => SortKeys::Range(Bound::Included(operand), Bound::Unbounded),
        _ => SortKeys::one(operand),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asked(expression: &str) -> (Option<String>, String) {
        let query = json!({
            "KeyConditionExpression": expression,
            "ExpressionAttributeNames": {"#p": "PK", "#s": "SK"},
            "ExpressionAttributeValues": {
                ":pk": {"S": "AAPL#tiingo"}, ":a": {"S": "D#2026-01-05"}, ":b": {"S": "D#2026-02-03"}
            },
        });
        let (pk, sk) = serde_json::from_value::<Query>(query).unwrap().keys();
        (pk, sk.to_string())
    }

    #[test]
    fn every_way_to_write_a_condition_is_understood() {
        for (expression, sort_keys) in [
            ("PK = :pk", ""),
            ("PK = :pk AND SK BETWEEN :a AND :b", "D#2026-01-05..D#2026-02-03"),
            ("(#p = :v0) and (#s between :a and :b)".replace(":v0", ":pk").as_str(), "D#2026-01-05..D#2026-02-03"),
            ("SK=:a AND PK=:pk", "D#2026-01-05"),
            ("#p=:pk and begins_with(#s,:a)", "D#2026-01-05*"),
            ("PK = :pk AND SK>=:a", "D#2026-01-05.."),
            ("PK = :pk AND SK < :b", "..D#2026-02-03"),
        ] {
            assert_eq!(asked(expression), (Some("AAPL#tiingo".into()), sort_keys.into()), "{expression}");
        }
    }

    #[test]
    fn a_condition_that_cannot_be_read_asks_for_no_partition() {
        assert_eq!(asked("nonsense"), (None, String::new()));
        assert_eq!(asked(""), (None, String::new()));
    }
}
