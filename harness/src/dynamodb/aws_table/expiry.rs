//! What removes a run's items when nobody else does: the table's TTL, a few minutes after they were written.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// The attribute that TTL has to be enabled on: epoch seconds, by the real clock.
pub(crate) const EXPIRY: &str = "CandlecheckExpiresAt";
/// How long an item stays at most, in seconds.
const LIFETIME: u64 = 5 * 60;
/// The placeholder of an expiry in an update.
const PLACEHOLDER: &str = ":candlecheck_expiry";

/// A few minutes after the real now, whatever a lab's calendar says.
pub(super) fn expiry() -> Value {
    json!({"N": (now() + LIFETIME).to_string()})
}

/// The real now, in epoch seconds.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Lets an UpdateItem set the expiry, too: it may create an item.
pub(super) fn set_expiry(update: &mut Value) {
    let expression = setting(update["UpdateExpression"].as_str().unwrap_or_default());
    if let Some(update) = update.as_object_mut() {
        update.insert("UpdateExpression".into(), expression.into());
        let values = update.entry("ExpressionAttributeValues").or_insert_with(|| json!({}));
        if let Some(values) = values.as_object_mut() {
            values.insert(PLACEHOLDER.into(), expiry());
        }
    }
}

/// The update expression that sets the expiry, too.
fn setting(expression: &str) -> String {
    let clause = format!("{EXPIRY} = {PLACEHOLDER}");
    let words: Vec<&str> = expression.split_whitespace().collect();
    match words.iter().position(|word| word.eq_ignore_ascii_case("set")) {
        Some(turn) => format!("{} {clause}, {}", words[..=turn].join(" "), words[turn + 1..].join(" ")),
        None => format!("{expression} SET {clause}").trim_start().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::setting;

    #[test]
    fn an_update_sets_the_expiry_besides_what_it_sets() {
        for (expression, expected) in [
            ("SET a = :a", "SET CandlecheckExpiresAt = :candlecheck_expiry, a = :a"),
            ("REMOVE b set a = :a", "REMOVE b set CandlecheckExpiresAt = :candlecheck_expiry, a = :a"),
            ("REMOVE b", "REMOVE b SET CandlecheckExpiresAt = :candlecheck_expiry"),
            ("", "SET CandlecheckExpiresAt = :candlecheck_expiry"),
        ] {
            assert_eq!(setting(expression), expected);
        }
    }
}
