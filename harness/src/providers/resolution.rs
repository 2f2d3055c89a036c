//! How long a candle lasts.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;

/// How long a candle lasts, one of those that the contract names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// This many minutes.
    Minutes(u16),
    /// One session.
    Daily,
}

impl Resolution {
    /// The one that the contract calls `name`: `1`, `5`, `15`, `30`, `60` or `D`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "1" => Some(Resolution::Minutes(1)),
            "5" => Some(Resolution::Minutes(5)),
            "15" => Some(Resolution::Minutes(15)),
            "30" => Some(Resolution::Minutes(30)),
            "60" => Some(Resolution::Minutes(60)),
            "D" => Some(Resolution::Daily),
            _ => None,
        }
    }

    /// The New York date that a candle stamped `at` belongs to. Daily stamps are midnight UTC of that very date.
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        match self {
            Resolution::Daily => at.date_naive(),
            Resolution::Minutes(_) => at.with_timezone(&New_York).date_naive(),
        }
    }

    /// `at` as the contract serves it: `2026-02-03` for a daily candle, `2026-02-03T14:30:00Z` for any other.
    pub fn served(self, at: DateTime<Utc>) -> String {
        match self {
            Resolution::Daily => at.format("%F").to_string(),
            Resolution::Minutes(_) => at.format("%FT%TZ").to_string(),
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Resolution::Minutes(minutes) => write!(f, "{minutes}"),
            Resolution::Daily => f.write_str("D"),
        }
    }
}
