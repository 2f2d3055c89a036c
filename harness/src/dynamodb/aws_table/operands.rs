//! What an expression compares the partition key with.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The placeholders of values that stand for a partition key, or for the beginning of one, in this expression.
pub(super) fn operands(expression: &str, names: Option<&Map<String, Value>>) -> BTreeSet<String> {
    let words = words(expression);
    let at = |turn: Option<usize>| turn.and_then(|turn| words.get(turn)).map_or("", String::as_str);
    let is_key = |word: &str| {
        let name = names.and_then(|names| names.get(word)).and_then(Value::as_str);
        name.unwrap_or(word) == "PK"
    };
    let mut found = BTreeSet::new();
    for turn in (0..words.len()).filter(|turn| is_key(&words[*turn])) {
        let (before, after) = (at(turn.checked_sub(1)), at(Some(turn + 1)));
        if is_comparator(before) {
            found.insert(at(turn.checked_sub(2)).to_owned());
        }
        let begins = after == "," && at(turn.checked_sub(2)).eq_ignore_ascii_case("begins_with");
        if is_comparator(after) || begins {
            found.insert(at(Some(turn + 2)).to_owned());
        } else if after.eq_ignore_ascii_case("between") {
            found.extend([at(Some(turn + 2)).to_owned(), at(Some(turn + 4)).to_owned()]);
        } else if after.eq_ignore_ascii_case("in") {
            found.extend(words[turn + 2..].iter().take_while(|word| *word != ")").cloned());
        }
    }
    found.retain(|word| word.starts_with(':'));
    found
}

fn is_comparator(word: &str) -> bool {
    matches!(word, "=" | "<>" | "<" | "<=" | ">" | ">=")
}

/// Names, placeholders, comparators and punctuation, each for itself.
fn words(expression: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in expression.chars() {
        let joins = kind(letter) == kind(last) && matches!(kind(letter), Kind::Name | Kind::Comparator);
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(letter),
            None if kind(letter) != Kind::Blank => words.push(letter.into()),
            None => {}
        }
        last = letter;
    }
    words
}

#[derive(PartialEq)]
enum Kind {
    Name,
    Comparator,
    Punctuation,
    Blank,
}

fn kind(letter: char) -> Kind {
    match letter {
        '=' | '<' | '>' => Kind::Comparator,
        letter if letter.is_whitespace() => Kind::Blank,
        letter if letter.is_alphanumeric() || matches!(letter, '_' | ':' | '#') => Kind::Name,
        _ => Kind::Punctuation,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_the_partition_key_is_compared_with_is_found() {
        let names = json!({"#p": "PK", "#s": "SK"});
        for (expression, expected) in [
            ("PK = :pk AND SK BETWEEN :a AND :b", vec![":pk"]),
            ("(#p=:pk)AND(#s>=:a)", vec![":pk"]),
            (":pk = #p", vec![":pk"]),
            ("NOT begins_with(PK, :lock)", vec![":lock"]),
            ("begins_with ( SK , :a ) and PK <> :pk", vec![":pk"]),
            ("#p between :a and :b and SK = :c", vec![":a", ":b"]),
            ("PK IN (:a, :b) OR SK IN (:c)", vec![":a", ":b"]),
            ("attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence)", vec![]),
            ("", vec![]),
        ] {
            let found = operands(expression, names.as_object());
            assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{expression}");
        }
    }
}
