//! The sort keys that a call asks for.

use std::fmt;
use std::ops::{Bound, RangeBounds};

/// Some of the sort keys of a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKeys {
    /// Those between two bounds; an unbounded side has no end.
    Range(Bound<String>, Bound<String>),
    /// Those that begin like this.
    Prefix(String),
}

impl SortKeys {
    /// Every sort key.
    pub const ALL: Self = Self::Range(Bound::Unbounded, Bound::Unbounded);

    /// This one alone.
    pub fn one(sk: impl Into<String>) -> Self {
        let sk = sk.into();
        Self::Range(Bound::Included(sk.clone()), Bound::Included(sk))
    }

    /// Whether this sort key is among them.
    pub fn contains(&self, sk: &str) -> bool {
        match self {
            Self::Range(low, high) => lies_between(text(low), text(high), sk),
            Self::Prefix(prefix) => sk.starts_with(prefix),
        }
    }

    /// Whether a sort key with this prefix could be among them.
    pub fn touch_prefix(&self, prefix: &str) -> bool {
        match self {
            Self::Range(low, high) => {
                let begins_in_time = match text(low) {
                    Bound::Unbounded => true,
                    Bound::Included(low) | Bound::Excluded(low) => low < prefix || low.starts_with(prefix),
                };
                begins_in_time && lies_between(Bound::Unbounded, text(high), prefix)
            }
            Self::Prefix(own) => own.starts_with(prefix) || prefix.starts_with(own),
        }
    }
}

fn lies_between(low: Bound<&str>, high: Bound<&str>, sk: &str) -> bool {
    RangeBounds::<str>::contains(&(low, high), sk)
}

fn text(bound: &Bound<String>) -> Bound<&str> {
    bound.as_ref().map(String::as_str)
}

impl fmt::Display for SortKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(Bound::Unbounded, Bound::Unbounded) => Ok(()),
            Self::Range(Bound::Included(low), Bound::Included(high)) if low == high => f.write_str(low),
            Self::Range(low, high) => {
                write_bound(f, low)?;
                f.write_str("..")?;
                write_bound(f, high)
            }
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
        }
    }
}

fn write_bound(f: &mut fmt::Formatter<'_>, bound: &Bound<String>) -> fmt::Result {
    match bound {
        Bound::Unbounded => Ok(()),
        Bound::Included(sk) | Bound::Excluded(sk) => f.write_str(sk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: &str, high: &str) -> SortKeys {
        SortKeys::Range(Bound::Included(low.into()), Bound::Included(high.into()))
    }

    #[test]
    fn a_range_contains_its_ends_and_nothing_outside() {
        let january = between("D#2026-01-01", "D#2026-01-31");
        assert!(january.contains("D#2026-01-01") && january.contains("D#2026-01-31"));
        assert!(!january.contains("D#2025-12-31") && !january.contains("D#2026-02-01"));
    }

    #[test]
    fn a_range_touches_a_prefix_that_some_of_its_keys_could_have() {
        let january = between("D#2026-01-01", "D#2026-01-31");
        assert!(january.touch_prefix("D#") && january.touch_prefix("D#2026-01-15"));
        assert!(!january.touch_prefix("60#") && !january.touch_prefix("D#2026-02"));
        let after = SortKeys::Range(Bound::Excluded("D#".into()), Bound::Unbounded);
        assert!(after.touch_prefix("D#") && after.touch_prefix("LOCK") && !after.touch_prefix("60#"));
    }

    #[test]
    fn prefixes_touch_when_one_begins_with_the_other() {
        let days = SortKeys::Prefix("D#2026".into());
        assert!(days.touch_prefix("D#") && days.touch_prefix("D#2026-01"));
        assert!(!days.touch_prefix("D#2025") && !days.contains("D#2025-12-31"));
    }
}
