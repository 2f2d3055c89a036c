//! When two sides last agreed: a small record, so that what was shown this week need not be shown again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, Utc};

use super::operation::Operation;

/// The record, a file of JSON: when which comparison last succeeded.
#[derive(Debug, Clone)]
pub struct LastSuccess {
    file: PathBuf,
}

impl LastSuccess {
    /// The record in this folder, which is created with the first success.
    pub fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("fidelity.json") }
    }

    /// How long ago this comparison succeeded, when that is less than `age` ago. A record that lies in the future, or
    /// cannot be read, is none.
    pub fn within(&self, comparison: &str, age: Duration, now: DateTime<Utc>) -> Option<Duration> {
        let ago = (now - *self.read().get(comparison)?).to_std().ok()?;
        (ago < age).then_some(ago)
    }

    /// Notes that this comparison has succeeded now.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn note(&self, comparison: &str, now: DateTime<Utc>) -> anyhow::Result<()> {
        let mut all = self.read();
        all.insert(comparison.to_owned(), now);
        let text = serde_json::to_string_pretty(&all)?;
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&self.file, text))
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    fn read(&self) -> BTreeMap<String, DateTime<Utc>> {
        let text = std::fs::read(&self.file).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }
}

/// What makes two comparisons the same one: both sides with their versions, the battery, and what is accepted.
pub fn comparison(left: &str, right: &str, operations: &[Operation], accepted: &str) -> String {
    let mut asked = crc32fast::Hasher::new();
    for operation in operations {
        asked.update(operation.name.as_bytes());
        (operation.steps)().iter().for_each(|step| asked.update(step.call.body.as_bytes()));
    }
    asked.update(accepted.as_bytes());
    format!("{left} | {right} | battery {:08x}", asked.finalize())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta, Utc};

    use super::{LastSuccess, comparison};
    use crate::fidelity::operations;

    const WEEK: Duration = Duration::from_secs(7 * 86_400);

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_156_000, 0).expect("an instant")
    }

    #[test]
    fn a_success_counts_until_it_is_too_old() {
        let folder = tempfile::tempdir().expect("a folder");
        let record = LastSuccess::in_folder(&folder.path().join("new"));
        assert_eq!(record.within("a", WEEK, now()), None, "nothing has succeeded yet");
        record.note("a", now()).expect("it can be written");
        for (later, expected) in [
            (TimeDelta::hours(1), Some(Duration::from_secs(3_600))),
            (TimeDelta::days(7) - TimeDelta::seconds(1), Some(WEEK - Duration::from_secs(1))),
            (TimeDelta::days(7), None),
            (TimeDelta::seconds(-1), None),
        ] {
            assert_eq!(record.within("a", WEEK, now() + later), expected, "{later}");
        }
        assert_eq!(record.within("b", WEEK, now()), None, "another comparison");
    }

    #[test]
    fn a_record_that_cannot_be_read_is_none_and_gives_way() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("fidelity.json"), "{half of").expect("it can be written");
        let record = LastSuccess::in_folder(folder.path());
        assert_eq!(record.within("a", WEEK, now()), None);
        record.note("a", now()).expect("it can be written");
        record.note("b", now()).expect("it can be written");
        assert_eq!(record.within("a", WEEK, now()), Some(Duration::ZERO), "one success does not wipe out another");
    }

    #[test]
    fn a_comparison_is_told_by_its_sides_its_battery_and_what_is_accepted() {
        let all = operations::all();
        let one = comparison("a 1", "b 1", &all, "");
        assert_eq!(one, comparison("a 1", "b 1", &all, ""));
        for other in [
            comparison("a 2", "b 1", &all, ""),
            comparison("a 1", "b 2", &all, ""),
            comparison("a 1", "b 1", &all[1..], ""),
            comparison("a 1", "b 1", &all, "more"),
        ] {
            assert_ne!(one, other);
        }
    }
}
