//! Sessions: the days on which the exchange trades, each from its open to its close.

use chrono::{DateTime, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::America::New_York;

use super::{closures, early_closes, new_york_date};

/// When every session opens, in New York. The few openings that were delayed by minutes or hours (the
/// blizzard of 1996-01-08, say) count as regular, as in the record that the calendar is checked against.
const OPEN: NaiveTime = NaiveTime::from_hms_opt(9, 30, 0).expect("a time of day");

/// An instant of the day, in UTC, that is morning in New York all year round.
const MORNING_UTC: NaiveTime = NaiveTime::from_hms_opt(14, 0, 0).expect("a time of day");

/// One trading day of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The day, in New York.
    pub date: NaiveDate,
    /// The instant of the opening bell: 09:30 in New York.
    pub open: DateTime<Utc>,
    /// The instant of the closing bell: 16:00 in New York, or earlier.
    pub close: DateTime<Utc>,
}

/// The session of a New York date, or none when the exchange is closed all day.
pub fn session(date: NaiveDate) -> Option<Session> {
    if closures::is_closed(date) {
        return None;
    }
    // Clocks change at night, so one offset serves the whole session.
    let offset = New_York.offset_from_utc_datetime(&date.and_time(MORNING_UTC)).fix();
    let instant = |time| (date.and_time(time) - offset).and_utc();
    Some(Session { date, open: instant(OPEN), close: instant(early_closes::closing_time(date)) })
}

/// The instant at which a New York date begins. Clocks change at two, so there is one midnight a day.
pub fn midnight(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    New_York.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |local| local.to_utc())
}

/// The sessions of a window of New York dates, both ends inclusive, oldest first.
pub fn sessions(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = Session> {
    first.iter_days().take_while(move |date| *date <= last).filter_map(session)
}

/// The first opening bell strictly after an instant.
///
/// # Panics
///
/// When the instant lies in the last days that chrono can represent, in the year 262142.
pub fn next_open(after: DateTime<Utc>) -> DateTime<Utc> {
    new_york_date(after)
        .iter_days()
        .filter_map(session)
        .map(|session| session.open)
        .find(|open| *open > after)
        .expect("no closure lasts until the end of time")
}
