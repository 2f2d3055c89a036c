//! The calendar agrees with the recorded one, day by day: no session is missing, none is made up, and every
//! bell rings on time.
//!
//! Where published history and the record differ on a time, the calendar follows the record: an opening that
//! was delayed or a close that nobody planned (2002-09-11, 2005-06-01) is regular in both.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ohlc_server::market::{self, Session};

/// Where it comes from and how it is recorded again: README.md beside it.
const RECORD: &str = include_str!("../../fixtures/nyse/sessions-1990-2027.csv");

const RECORDED_SESSIONS: usize = 9_569;

/// As many differences as a failure shows.
const SHOWN: usize = 10;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn recorded() -> BTreeMap<NaiveDate, Session> {
    let session = |line: &str| {
        let fields: Vec<_> = line.split(',').collect();
        let [day, open, close] = fields[..] else { panic!("not a date, an open and a close: {line}") };
        Session { date: date(day), open: instant(open), close: instant(close) }
    };
    RECORD.lines().skip(1).map(session).map(|session| (session.date, session)).collect()
}

fn calculated() -> BTreeMap<NaiveDate, Session> {
    market::sessions(date("1990-01-01"), date("2027-12-31")).map(|session| (session.date, session)).collect()
}

#[test]
fn the_record_is_complete() {
    assert_eq!(RECORD.lines().next(), Some("date,open_utc,close_utc"));
    assert_eq!(RECORD.lines().skip(1).count(), RECORDED_SESSIONS, "lines");
    assert_eq!(recorded().len(), RECORDED_SESSIONS, "days");
}

#[test]
fn every_day_from_1990_to_2027_is_as_recorded() {
    let (recorded, calculated) = (recorded(), calculated());
    let days = date("1990-01-01").iter_days().take_while(|day| *day <= date("2027-12-31"));
    let differences: Vec<_> = days
        .filter_map(|day| match (recorded.get(&day), calculated.get(&day)) {
            (Some(_), None) => Some(format!("{day}: a session is missing")),
            (None, Some(_)) => Some(format!("{day}: the exchange was closed")),
            (Some(recorded), Some(calculated)) if recorded != calculated => Some(format!(
                "{day}: recorded {} to {}, calculated {} to {}",
                recorded.open, recorded.close, calculated.open, calculated.close
            )),
            _ => None,
        })
        .collect();

    assert!(
        differences.is_empty(),
        "days that differ: {}; the first of them:\n{}",
        differences.len(),
        differences[..differences.len().min(SHOWN)].join("\n")
    );
}

#[test]
fn one_day_is_asked_for_like_a_window() {
    let calculated = calculated();
    let days = date("1990-01-01").iter_days().take_while(|day| *day <= date("2027-12-31"));
    for day in days {
        assert_eq!(market::session(day), calculated.get(&day).copied(), "{day}");
    }
}

#[test]
fn the_next_open_is_strictly_after_the_instant() {
    let opens: Vec<_> = recorded().values().map(|session| session.open).collect();
    for pair in opens.windows(2) {
        assert_eq!(market::next_open(pair[0]), pair[1], "after {}", pair[0]);
        assert_eq!(market::next_open(pair[1] - TimeDelta::seconds(1)), pair[1], "before {}", pair[1]);
    }
}
