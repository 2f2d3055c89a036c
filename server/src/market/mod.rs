//! When the New York Stock Exchange trades, and the candle buckets of its sessions.
//!
//! A date is always the exchange's own, in New York; an instant is always UTC. Only sessions that took
//! place count: their number says how many candles a complete window holds.
//!
//! How far the calendar can be trusted:
//! - 1990 to 2027 is compared day by day with a recorded calendar, in `tests/nyse_calendar.rs`.
//! - Later years follow the same rules, up to 2099, where the time zone data end. A closure that the exchange
//!   has yet to announce is unknown to them.
//! - Earlier years are unverified. Back to 1971 the holidays and closures are those of their time; before
//!   that only the holidays of today are known. Every session ends at 16:00, none takes place on a Saturday.

mod buckets;
mod closures;
mod early_closes;
mod holidays;
mod sessions;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;

pub use buckets::{Bucket, BucketLength, bucket_on_the_clock, buckets};
pub use sessions::{Session, midnight, next_open, session, sessions};

use crate::policy::policy;

policy! {
    /// The exchange's calendar.
    CalendarPolicy "calendar" {
        functions {
            /// The market's day at an instant.
            market_day: fn(DateTime<Utc>) -> NaiveDate = new_york_date, decides "New York's date",
                shows [(at("2026-02-03T04:59:59Z")), (at("2026-02-03T05:00:00Z"))], from "decisions.md#market-day";
            /// The market's sessions between two days.
            sessions: fn(NaiveDate, NaiveDate) -> Vec<Session> = |first, last| sessions(first, last).collect(),
                decides "the exchange's own, early closes included",
                shows [(day("2026-02-03"), day("2026-02-03")), (day("2026-02-07"), day("2026-02-08"))], from "decisions.md#sessions";
        }
    }
}

/// What day it is at the exchange: the New York date of an instant.
pub fn new_york_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&New_York).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_new_york_also_when_clocks_change() {
        for (date, instant) in [
            ("2026-02-03", "2026-02-03T05:00:00Z"),
            ("2026-03-08", "2026-03-08T05:00:00Z"),
            ("2026-03-09", "2026-03-09T04:00:00Z"),
            ("2026-11-01", "2026-11-01T04:00:00Z"),
            ("2026-11-02", "2026-11-02T05:00:00Z"),
        ] {
            let begins = midnight(date.parse().expect("a date"));
            assert_eq!(begins, instant.parse::<DateTime<Utc>>().expect("an instant"), "{date}");
        }
    }

    #[test]
    fn the_day_changes_at_midnight_in_new_york() {
        let date_at = |instant: &str| new_york_date(instant.parse().expect("an instant")).to_string();

        assert_eq!(date_at("2026-02-03T04:59:59Z"), "2026-02-02");
        assert_eq!(date_at("2026-02-03T05:00:00Z"), "2026-02-03");
        assert_eq!(date_at("2026-07-01T03:59:59Z"), "2026-06-30");
        assert_eq!(date_at("2026-07-01T04:00:00Z"), "2026-07-01");
    }
}
