//! What scenarios write as text, and what it means: dates, instants and resolutions.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::resolution::Resolution;

/// Something that a scenario may write as a value or as text.
///
/// A date is `2026-02-03`, in New York; an instant is `2026-02-03T14:30:00Z`; a resolution is `1`, `5`, `15`, `30`,
/// `60` or `D`. Where an instant is wanted, a date stands for its midnight in UTC, which is how providers stamp daily
/// rows.
///
/// # Panics
///
/// Text that means nothing is a mistake in the scenario, and panics with what to write instead.
pub trait Word<T> {
    /// What the word means.
    fn meaning(self) -> T;
}

impl<T> Word<T> for T {
    fn meaning(self) -> T {
        self
    }
}

impl Word<NaiveDate> for &str {
    fn meaning(self) -> NaiveDate {
        self.parse().unwrap_or_else(|_| panic!("`{self}` is not a valid date; write 2026-02-03"))
    }
}

impl Word<DateTime<Utc>> for NaiveDate {
    fn meaning(self) -> DateTime<Utc> {
        self.and_time(NaiveTime::MIN).and_utc()
    }
}

impl Word<DateTime<Utc>> for &str {
    fn meaning(self) -> DateTime<Utc> {
        if let Ok(day) = self.parse::<NaiveDate>() {
            return day.meaning();
        }
        self.parse().unwrap_or_else(|_| {
            panic!("`{self}` is neither a date nor an instant; write 2026-02-03 or 2026-02-03T14:30:00Z")
        })
    }
}

impl Word<Resolution> for &str {
    fn meaning(self) -> Resolution {
        Resolution::named(self)
            .unwrap_or_else(|| panic!("`{self}` is not a valid resolution; write 1, 5, 15, 30, 60 or D"))
    }
}
