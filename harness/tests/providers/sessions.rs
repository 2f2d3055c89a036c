//! The recorded sessions, and the buckets that follow from them.

use chrono::{DateTime, TimeDelta, Utc};
use harness::providers::{Resolution, Session, Word, session_on, sessions_between};

fn buckets(date: &str, minutes: u16) -> Vec<String> {
    let buckets = session_on(date).map(|session| session.buckets(Resolution::Minutes(minutes)));
    buckets.unwrap_or_default().iter().map(|bucket| bucket.start.format("%H:%M").to_string()).collect()
}

#[test]
fn the_record_holds_every_session_of_its_years() {
    assert_eq!(sessions_between("1990-01-01", "2027-12-31").len(), 9_569);
}

#[test]
fn both_ends_of_a_stretch_are_included() {
    let dates: Vec<_> = sessions_between("2026-07-02", "2026-07-06").iter().map(|day| day.date.to_string()).collect();
    assert_eq!(dates, ["2026-07-02", "2026-07-06"], "July 3rd is the holiday, and a weekend follows");
}

#[test]
fn holidays_have_no_session() {
    for holiday in ["2026-01-01", "2026-04-03", "2026-06-19", "2026-12-25", "2026-02-07"] {
        assert_eq!(session_on(holiday), None, "{holiday}");
    }
}

#[test]
fn a_full_day_has_78_buckets_of_five_minutes_and_the_day_after_thanksgiving_42() {
    assert_eq!(buckets("2025-11-26", 5).len(), 78);
    assert_eq!(buckets("2025-11-28", 5).len(), 42);
}

#[test]
fn buckets_start_on_the_clock_and_the_first_one_at_the_open() {
    let hours = ["14:30", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"];
    assert_eq!(buckets("2026-02-03", 60), hours);
    assert_eq!(buckets("2026-02-03", 1).len(), 390);
    assert_eq!(buckets("2026-06-30", 30).first().map(String::as_str), Some("13:30"));
}

#[test]
fn buckets_touch_and_fill_the_session() {
    let half_day = session_on("2025-11-28").expect("a half day");
    let session = Session { close: half_day.close + TimeDelta::minutes(5), ..*half_day };
    let buckets = session.buckets(Resolution::Minutes(60));
    assert_eq!(buckets.first().map(|bucket| bucket.start), Some(session.open));
    assert_eq!(buckets.last().map(|bucket| bucket.end), Some(session.close));
    assert!(buckets.windows(2).all(|pair| pair[0].end == pair[1].start), "{buckets:?}");
}

#[test]
fn an_evening_in_new_york_is_still_its_day() {
    let evening: DateTime<Utc> = "2026-02-04T02:00:00Z".meaning();
    assert_eq!(Resolution::Minutes(5).day(evening).to_string(), "2026-02-03");
    assert_eq!(Resolution::Daily.day("2026-02-04".meaning()).to_string(), "2026-02-04");
}
