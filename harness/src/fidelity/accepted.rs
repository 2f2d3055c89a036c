//! The differences that somebody has looked at and accepted: a reviewed file.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::compare::Difference;

/// Every difference that is known.
#[derive(Debug, Clone, Default)]
pub struct Accepted(Vec<Entry>);

/// One accepted difference, exactly as it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The operation's name.
    pub operation: String,
    /// The call and the place in its answer: `2. Query: Items[0].open.N`.
    pub at: String,
    /// What each of two sides shows there, by the side's name.
    pub shows: BTreeMap<String, String>,
    /// What somebody thinks of it.
    pub verdict: Verdict,
}

/// What somebody thinks of a difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does not matter, and why.
    Why(String),
    /// It is to be minded, and how: the result of a scenario that relies on it is not wholly to be trusted.
    Mind(String),
}

/// The file, a part for each operation and reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    difference: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    operation: String,
    sides: [String; 2],
    /// Each place, with what the first side shows there, and the second.
    shows: Vec<[String; 3]>,
    why: Option<String>,
    mind: Option<String>,
}

impl Accepted {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not as it should be, with the part at fault.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let document: Document = toml::from_str(text).context("the file of accepted differences cannot be read")?;
        let entries: anyhow::Result<Vec<Vec<Entry>>> = document.difference.into_iter().map(Part::entries).collect();
        Ok(Self(entries?.concat()))
    }

    /// The entries about these two sides, whichever is left.
    pub fn between<'a>(&'a self, left: &'a str, right: &'a str) -> impl Iterator<Item = &'a Entry> {
        let about =
            move |entry: &&Entry| left != right && [left, right].iter().all(|side| entry.shows.contains_key(*side));
        self.0.iter().filter(about)
    }

    /// The names of all operations that it is about.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.operation.as_str())
    }
}

impl Part {
    fn entries(self) -> anyhow::Result<Vec<Entry>> {
        let Self { operation, sides, shows, why, mind } = self;
        let verdict = match (why, mind) {
            (Some(why), None) if !why.trim().is_empty() => Verdict::Why(why),
            (None, Some(mind)) if !mind.trim().is_empty() => Verdict::Mind(mind),
            _ => bail!("{operation}: give either `why` it does not matter, or what to `mind`"),
        };
        let [first, second] = sides;
        let entry = |[at, on_first, on_second]: [String; 3]| Entry {
            operation: operation.clone(),
            at,
            shows: BTreeMap::from([(first.clone(), on_first), (second.clone(), on_second)]),
            verdict: verdict.clone(),
        };
        Ok(shows.into_iter().map(entry).collect())
    }
}

impl Entry {
    /// Whether it is to be minded.
    pub fn is_to_be_minded(&self) -> bool {
        matches!(self.verdict, Verdict::Mind(_))
    }

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

    const PART: &str = r#"
        [[difference]]
        operation = "query-empty"
        sides = ["embedded", "container"]
        shows = [["1. Query: Count", "1", "2"], ["1. Query: ScannedCount", "1", "2"]]
    "#;

    #[test]
    fn a_part_says_either_why_it_does_not_matter_or_what_to_mind() {
        let both = format!("{PART}\nwhy = \"because\"\nmind = \"this\"");
        let empty = format!("{PART}\nwhy = \" \"");
        for unclear in [PART, &both, &empty] {
            let refused = Accepted::read(unclear).err().map(|cause| format!("{cause:#}"));
            assert_eq!(
                refused.as_deref(),
                Some("query-empty: give either `why` it does not matter, or what to `mind`")
            );
        }
        assert!(Accepted::read(&format!("{PART}\nwhy = \"because\"")).is_ok());
    }

    #[test]
    fn a_part_is_about_both_its_sides_and_every_place() {
        let accepted = Accepted::read(&format!("{PART}\nmind = \"this\"")).expect("it is as it should be");
        let entries = |left, right| accepted.between(left, right).filter(|entry| entry.is_to_be_minded()).count();
        assert_eq!((entries("embedded", "container"), entries("container", "embedded")), (2, 2));
        assert_eq!((entries("embedded", "embedded"), entries("embedded", "moto")), (0, 0));
    }

    #[test]
    fn a_part_with_a_word_that_is_none_is_refused() {
        assert!(Accepted::read(&format!("{PART}\nbecause = \"why\"")).is_err());
    }
}
