//! Windows: spans of New York dates.

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

    /// Days from its start to its end: 0 for a single day.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}
