//! Windows: spans of New York dates.

use std::fmt;

use chrono::NaiveDate;

/// A span of New York dates, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First date.
    pub start: NaiveDate,
    /// Last date.
    pub end: NaiveDate,
}

impl Window {
    /// Whether the window includes a day: its first and its last one too.
    pub fn includes(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// The window that an ISO 8601 interval of two dates names: `2026-01-27/2026-02-03`.
    pub fn parse(interval: &str) -> Option<Self> {
        let (start, end) = interval.split_once('/')?;
        Some(Self { start: start.parse().ok()?, end: end.parse().ok()? })
    }

    /// Days from its start to its end: 0 for a single day.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.end)
    }
}
