//! The words of a file, held to those that the contract has.

use std::collections::{BTreeMap, BTreeSet};

use super::file::Words;
use super::problem::Problem;
use crate::dialect::Dialect;

const HEADERS: &[&str] =
    &["X-Cache-Source", "X-Cache-Age", "X-Cache-Key", "X-Request-Id", "Cache-Control", "Retry-After"];
const SOURCES: &[&str] = &["in-memory", "dynamodb", "tiingo", "finnhub", "stale", "none"];
const ERROR: &[&str] = &["error", "code", "field", "request_id"];
const ATTRIBUTES: &[&str] = &[
    "open",
    "high",
    "low",
    "close",
    "volume",
    "fetched_at",
    "fetched_window",
    "is_closed",
    "adjusted_by",
    "on_ex_date",
    "ExpiresAt",
    "LockHolder",
    "fence",
    "absent",
    "confirmed_at",
    "ex_date",
    "known_at",
];

/// The dialect that these words make.
pub(super) fn read(words: Words) -> Result<Dialect, Problem> {
    let lower = |words: BTreeMap<String, String>| {
        words.into_iter().map(|(contract, own)| (contract.to_lowercase(), own.to_lowercase())).collect()
    };
    if let Some(key) = ["PK", "SK"].into_iter().find(|key| words.attributes.contains_key(*key)) {
        let advice = "cannot be another word: the table's keys are PK and SK, as the contract has them";
        return Err(Problem::Wrong { field: format!("dialect.attributes.{key}"), advice: advice.into() });
    }
    Ok(Dialect {
        headers: lower(held_to("headers", words.headers, HEADERS)?),
        sources: held_to("sources", words.sources, SOURCES)?,
        error: held_to("error", words.error, ERROR)?,
        attributes: held_to("attributes", words.attributes, ATTRIBUTES)?,
        authentication: None,
    })
}

fn held_to(table: &str, words: BTreeMap<String, String>, known: &[&str]) -> Result<BTreeMap<String, String>, Problem> {
    let wrong = |word: &str, advice: String| Problem::Wrong { field: format!("dialect.{table}.{word}"), advice };
    let mut taken = BTreeSet::new();
    for (contract, own) in &words {
        if !known.contains(&contract.as_str()) {
            return Err(wrong(contract, format!("is an unknown word of the contract; there are {}", known.join(", "))));
        }
        if !taken.insert(own) {
            return Err(wrong(contract, format!("{own:?} stands for two words, so that nobody could tell them apart")));
        }
    }
    Ok(words)
}
