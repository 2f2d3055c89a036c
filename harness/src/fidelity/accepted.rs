//! The differences that somebody has looked at and accepted: a reviewed file.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::compare::Difference;

/// Every difference that is known.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    #[serde(default)]
    difference: Vec<Entry>,
}

/// One accepted difference, exactly as it shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The operation's name.
    pub operation: String,
    /// The call and the place in its answer: `2. Query: Items[0].open.N`.
    pub at: String,
    /// What each of two sides shows there, by the side's name.
    pub shows: BTreeMap<String, String>,
    /// Why it does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Or what to mind: the result of a scenario that relies on it is not wholly to be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mind: Option<String>,
}

impl Accepted {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not as it should be, with the entry at fault.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let accepted: Self = toml::from_str(text).context("the file of accepted differences cannot be read")?;
        for entry in &accepted.difference {
            let Entry { operation, at, shows, why, mind } = entry;
            let told = why.as_ref().or(mind.as_ref()).is_some_and(|reason| !reason.trim().is_empty());
            ensure!(told && (why.is_none() || mind.is_none()), "{operation}, {at}: give either `why` or `mind`");
            ensure!(shows.len() == 2, "{operation}, {at}: say under `shows` what each of two sides shows");
        }
        Ok(accepted)
    }

    /// The entries about these two sides, whichever is left.
    pub fn between<'a>(&'a self, left: &'a str, right: &'a str) -> impl Iterator<Item = &'a Entry> {
        let about = move |entry: &&Entry| [left, right].iter().all(|side| entry.shows.contains_key(*side));
        self.difference.iter().filter(about)
    }

    /// The names of all operations that it is about.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.difference.iter().map(|entry| entry.operation.as_str())
    }
}

impl Entry {
    /// Whether it is about this difference.
    pub fn covers(&self, operation: &str, difference: &Difference, left: &str, right: &str) -> bool {
        let shows = |side: &str, what: &str| self.shows.get(side).is_some_and(|shown| shown == what);
        self.operation == operation
            && self.at == difference.at
            && shows(left, &difference.left)
            && shows(right, &difference.right)
    }
}

#[cfg(test)]
mod tests {
    use super::Accepted;

    const ENTRY: &str = r#"
        [[difference]]
        operation = "query-empty"
        at = "1. Query: Count"
        shows = { embedded = "1", container = "2" }
    "#;

    #[test]
    fn an_entry_says_either_why_it_does_not_matter_or_what_to_mind() {
        let both = format!("{ENTRY}\nwhy = \"because\"\nmind = \"this\"");
        let empty = format!("{ENTRY}\nwhy = \" \"");
        for unclear in [ENTRY, &both, &empty] {
            let refused = Accepted::read(unclear).err().map(|cause| format!("{cause:#}"));
            assert_eq!(refused.as_deref(), Some("query-empty, 1. Query: Count: give either `why` or `mind`"));
        }
        assert!(Accepted::read(&format!("{ENTRY}\nwhy = \"because\"")).is_ok());
    }

    #[test]
    fn an_entry_is_about_both_its_sides() {
        let accepted = Accepted::read(&format!("{ENTRY}\nwhy = \"because\"")).expect("it is as it should be");
        let entries = |left, right| accepted.between(left, right).count();
        assert_eq!((entries("embedded", "container"), entries("container", "embedded")), (1, 1));
        assert_eq!((entries("embedded", "embedded"), entries("embedded", "moto")), (1, 0));
    }

    #[test]
    fn an_entry_with_a_word_that_is_none_is_refused() {
        assert!(Accepted::read(&format!("{ENTRY}\nbecause = \"why\"")).is_err());
    }
}
