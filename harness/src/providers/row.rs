//! A provider's row, well-formed or not.

use chrono::{DateTime, Utc};

use super::words::Word;

/// One row as a provider sends it. Each field is the JSON text on the wire, so that it can be anything: `150.125`,
/// `-1`, `null`, `"150"` or the bare `NaN` that some encoders write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The start of its bucket; midnight UTC of the New York date for a daily row.
    pub at: DateTime<Utc>,
    /// How its time is written, if not as the provider does: `"2026-02-03T15:55:00-05:00"`, `1770129000.25`.
    pub written: Option<String>,
    /// US dollars, adjusted for splits and dividends.
    pub open: String,
    /// US dollars, adjusted for splits and dividends.
    pub high: String,
    /// US dollars, adjusted for splits and dividends.
    pub low: String,
    /// US dollars, adjusted for splits and dividends.
    pub close: String,
    /// Shares, adjusted for splits; `None` leaves the field out.
    pub volume: Option<String>,
}

impl Row {
    /// A row of these texts.
    pub fn new(at: impl Word<DateTime<Utc>>, open: &str, high: &str, low: &str, close: &str, volume: &str) -> Self {
        Self {
            at: at.meaning(),
            written: None,
            open: open.to_owned(),
            high: high.to_owned(),
            low: low.to_owned(),
            close: close.to_owned(),
            volume: Some(volume.to_owned()),
        }
    }

    /// Its time as JSON: as it is written, or as the provider writes it.
    pub(super) fn time(&self, of: impl FnOnce(DateTime<Utc>) -> String) -> String {
        self.written.clone().unwrap_or_else(|| of(self.at))
    }

    /// Open, high, low and close.
    pub(super) fn prices(&self) -> [&str; 4] {
        [&self.open, &self.high, &self.low, &self.close]
    }
}
