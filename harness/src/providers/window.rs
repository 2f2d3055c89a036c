//! A stretch of time that a provider is asked for.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::America::New_York;

use super::resolution::Resolution;
use super::words::Word;

/// The stamps from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
}

impl Window {
    /// All stamps of the New York dates from `first` to `last`, both included.
    pub(super) fn of_days(resolution: Resolution, first: NaiveDate, last: NaiveDate) -> Self {
        Self { from: first_stamp(resolution, first), to: last_stamp(resolution, last) }
    }

    /// The same and `days` more at either end.
    pub(super) fn widened(self, days: u32) -> Self {
        let more = TimeDelta::days(i64::from(days));
        Self { from: self.from - more, to: self.to + more }
    }

    pub(super) fn contains(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at <= self.to
    }
}

/// The first stamp that belongs to a New York date.
pub(super) fn first_stamp(resolution: Resolution, day: NaiveDate) -> DateTime<Utc> {
    match resolution {
        Resolution::Daily => day.meaning(),
        Resolution::Minutes(_) => midnight(day),
    }
}

/// The last stamp that belongs to a New York date.
pub(super) fn last_stamp(resolution: Resolution, day: NaiveDate) -> DateTime<Utc> {
    match resolution {
        Resolution::Daily => day.meaning(),
        Resolution::Minutes(_) => midnight(day + Days::new(1)) - TimeDelta::seconds(1),
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(New_York);
    // New York changes its clocks at two in the morning, so midnight always is, and once.
    local.earliest().map_or_else(|| day.meaning(), |midnight| midnight.to_utc())
}
