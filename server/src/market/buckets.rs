//! Buckets: the stretches of a session that one candle each stands for.

use std::iter;

use chrono::{DateTime, TimeDelta, Utc};

use super::Session;

/// The time that one candle stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The first instant in the bucket.
    pub start: DateTime<Utc>,
    /// The first instant after the bucket.
    pub end: DateTime<Utc>,
}

/// How much time a candle stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BucketLength {
    /// So many minutes: a divisor of 60, so that every full hour begins a bucket.
    Minutes(u32),
    /// A whole session.
    Session,
}

/// The buckets of a session, oldest first, without gap or overlap from its open to its close.
///
/// They lie on the New York clock, not on the opening bell: with 60 minutes the first one is 09:30-10:00,
/// the next 10:00-11:00.
///
/// # Panics
///
/// When the length is 0 minutes.
pub fn buckets(session: &Session, length: BucketLength) -> impl Iterator<Item = Bucket> + use<> {
    let Session { open, close, .. } = *session;
    let starting = move |start| {
        let end = match length {
            BucketLength::Minutes(minutes) => next_boundary(start, minutes).min(close),
            BucketLength::Session => close,
        };
        Bucket { start, end }
    };
    iter::successors(Some(starting(open)), move |previous| (previous.end < close).then(|| starting(previous.end)))
}

/// The bucket that begins at this instant by the clock alone, as they do out of a session's hours: on the full multiples.
pub fn bucket_on_the_clock(start: DateTime<Utc>, length: BucketLength) -> Option<Bucket> {
    let BucketLength::Minutes(minutes) = length else { return None };
    let begins = start.timestamp_subsec_nanos() == 0 && start.timestamp() % (i64::from(minutes) * 60) == 0;
    begins.then(|| Bucket { start, end: next_boundary(start, minutes) })
}

/// The first instant after this one at which a bucket of so many minutes begins.
fn next_boundary(after: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    let seconds = i64::from(minutes) * 60;
    // New York has been whole hours away from UTC since 1883, so both clocks divide the hour at the same instants.
    after + TimeDelta::seconds(seconds - after.timestamp().rem_euclid(seconds))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::America::New_York;

    use super::*;
    use crate::market;

    fn session(date: &str) -> Session {
        let date: NaiveDate = date.parse().expect("a date");
        market::session(date).expect("a session")
    }

    fn counts(date: &str) -> [usize; 5] {
        let session = session(date);
        [1, 5, 15, 30, 60].map(|minutes| buckets(&session, BucketLength::Minutes(minutes)).count())
    }

    /// The buckets as a New York clock shows them.
    fn on_the_clock(date: &str, length: BucketLength) -> Vec<String> {
        let clock = |instant: DateTime<Utc>| instant.with_timezone(&New_York).format("%H:%M").to_string();
        buckets(&session(date), length).map(|bucket| format!("{}-{}", clock(bucket.start), clock(bucket.end))).collect()
    }

    const HOURS: [&str; 7] =
        ["09:30-10:00", "10:00-11:00", "11:00-12:00", "12:00-13:00", "13:00-14:00", "14:00-15:00", "15:00-16:00"];

    #[test]
    fn a_regular_session_has_as_many_buckets_as_fit() {
        assert_eq!(counts("2026-02-03"), [390, 78, 26, 13, 7]);
    }

    #[test]
    fn an_early_close_ends_the_last_bucket() {
        // The day after Thanksgiving.
        assert_eq!(counts("2025-11-28"), [210, 42, 14, 7, 4]);
        assert_eq!(on_the_clock("2025-11-28", BucketLength::Minutes(60)), HOURS[..4]);
        assert_eq!(on_the_clock("2025-11-28", BucketLength::Session), ["09:30-13:00"]);
    }

    #[test]
    fn a_close_between_two_boundaries_cuts_the_last_bucket_short() {
        // As on 2005-06-01, when the exchange's systems failed four minutes before the hour.
        let regular = session("2005-06-01");
        let session = Session { close: regular.close - TimeDelta::minutes(4), ..regular };
        for minutes in [1, 5, 15, 30, 60] {
            let last = buckets(&session, BucketLength::Minutes(minutes)).last();
            assert_eq!(last.map(|bucket| bucket.end), Some(session.close), "{minutes} minutes");
        }
    }

    #[test]
    fn hours_lie_on_the_new_york_clock_in_winter_and_summer() {
        // The last session before and the first after each change of the clocks in 2026.
        for date in ["2026-03-06", "2026-03-09", "2026-10-30", "2026-11-02"] {
            assert_eq!(counts(date), [390, 78, 26, 13, 7], "{date}");
            assert_eq!(on_the_clock(date, BucketLength::Minutes(60)), HOURS, "{date}");
        }
    }

    #[test]
    fn out_of_hours_a_bucket_begins_on_the_clock() {
        let end = |start: &str, length| {
            let start = start.parse().expect("an instant");
            bucket_on_the_clock(start, length).map(|bucket| bucket.end.to_rfc3339())
        };
        let five = BucketLength::Minutes(5);
        assert_eq!(end("2026-02-03T21:00:00Z", five).as_deref(), Some("2026-02-03T21:05:00+00:00"));
        assert_eq!(end("2026-02-03T21:02:11Z", five), None);
        assert_eq!(end("2026-02-03T21:05:00.25Z", five), None);
        assert_eq!(end("2026-02-03T22:30:00Z", BucketLength::Minutes(60)), None);
        assert_eq!(end("2026-02-03T22:00:00Z", BucketLength::Session), None);
    }

    #[test]
    fn a_day_is_one_bucket_from_open_to_close() {
        let session = session("2026-02-03");
        let day = Bucket { start: session.open, end: session.close };
        assert_eq!(buckets(&session, BucketLength::Session).collect::<Vec<_>>(), [day]);
    }

    #[test]
    fn buckets_follow_one_another_without_gap_or_overlap() {
        let session = session("2026-02-03");
        for minutes in [1, 5, 15, 30, 60] {
            let buckets: Vec<_> = buckets(&session, BucketLength::Minutes(minutes)).collect();
            assert!(buckets.windows(2).all(|pair| pair[0].end == pair[1].start), "{minutes} minutes");
            assert_eq!(buckets.first().map(|bucket| bucket.start), Some(session.open), "{minutes} minutes");
            assert_eq!(buckets.last().map(|bucket| bucket.end), Some(session.close), "{minutes} minutes");
        }
    }
}
