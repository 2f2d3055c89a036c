//! The exchange's sessions, recorded from a source that no server under test uses: an oracle of our own.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::resolution::Resolution;
use super::words::Word;

const RECORDED: &str = include_str!("../../../fixtures/nyse/sessions-1990-2027.csv");

static SESSIONS: LazyLock<Vec<Session>> = LazyLock::new(|| {
    RECORDED
        .lines()
        .skip(1)
        .map(|line| Session::recorded(line).unwrap_or_else(|| panic!("fixtures/nyse: `{line}` is no session")))
        .collect()
});

/// One trading day of the New York Stock Exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The New York date.
    pub date: NaiveDate,
    /// When trading begins.
    pub open: DateTime<Utc>,
    /// When trading ends, early closes included.
    pub close: DateTime<Utc>,
}

/// The time that one candle covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// What the candle is stamped with: its start, and midnight UTC of the session's date for a daily one.
    pub at: DateTime<Utc>,
    /// When its first trade may come.
    pub start: DateTime<Utc>,
    /// When it is finished.
    pub end: DateTime<Utc>,
}

impl Session {
    /// The session's candles in order. Intraday ones start on the clock's multiples, the first one at the open: by the
    /// hour 09:30, 10:00, 11:00.
    pub fn buckets(&self, resolution: Resolution) -> Vec<Bucket> {
        let Resolution::Minutes(minutes) = resolution else {
            return vec![Bucket { at: self.date.meaning(), start: self.open, end: self.close }];
        };
        // New York is whole hours away from UTC, so the multiples are the same on both clocks.
        let length = i64::from(minutes) * 60;
        let mut buckets = Vec::new();
        let mut start = self.open;
        while start < self.close {
            let past = start.timestamp().rem_euclid(length);
            let end = (start + TimeDelta::seconds(length - past)).min(self.close);
            buckets.push(Bucket { at: start, start, end });
            start = end;
        }
        buckets
    }

    fn recorded(line: &str) -> Option<Self> {
        let mut fields = line.split(',');
        let day = fields.next()?;
        let date = recorded_date(day)?;
        let mut instant = || recorded_time(date, fields.next()?.strip_prefix(day)?);
        Some(Self { date, open: instant()?, close: instant()? })
    }
}

/// `1990-01-02`. Every process reads thousands of them, and parsers of any date take forty times as long.
fn recorded_date(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = numbers(text, "YYYY-MM-DD")?;
    NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
}

/// `T14:30:00Z` of this date.
fn recorded_time(date: NaiveDate, text: &str) -> Option<DateTime<Utc>> {
    let [hour, minute, second] = numbers(text, "Thh:mm:ssZ")?;
    Some(date.and_hms_opt(hour, minute, second)?.and_utc())
}

/// The three numbers of a text that has digits where the pattern has `Y`, `M`, `D`, `h`, `m` and `s`.
fn numbers(text: &str, pattern: &str) -> Option<[u32; 3]> {
    let (mut numbers, mut last, mut turn) = ([0, 0, 0], None, 0);
    if text.len() != pattern.len() {
        return None;
    }
    for (found, wanted) in text.bytes().zip(pattern.bytes()) {
        match (found, wanted) {
            (b'0'..=b'9', b'Y' | b'M' | b'D' | b'h' | b'm' | b's') => {
                turn += usize::from(last.is_some_and(|last| last != wanted));
                numbers[turn] = 10 * numbers[turn] + u32::from(found - b'0');
                last = Some(wanted);
            }
            _ if found == wanted => {}
            _ => return None,
        }
    }
    Some(numbers)
}

/// The sessions from `first` to `last`, both included, in order. The record covers 1990 to 2027.
pub fn sessions_between(first: impl Word<NaiveDate>, last: impl Word<NaiveDate>) -> &'static [Session] {
    let (first, last) = (first.meaning(), last.meaning());
    let from = SESSIONS.partition_point(|session| session.date < first);
    let to = SESSIONS.partition_point(|session| session.date <= last);
    SESSIONS.get(from..to).unwrap_or_default()
}

/// The session of that date, if there is one.
pub fn session_on(date: impl Word<NaiveDate>) -> Option<&'static Session> {
    let date = date.meaning();
    sessions_between(date, date).first()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_is_read_as_any_parser_would_read_it() {
        for (line, session) in RECORDED.lines().skip(1).zip(SESSIONS.iter()) {
            let read = format!("{},{:?},{:?}", session.date, session.open, session.close);
            assert_eq!(read, line);
        }
        for wrong in ["", "1990-1-02", "1990-13-02", "1990-01-02T", "199O-01-02"] {
            assert_eq!(recorded_date(wrong), None, "{wrong}");
        }
        assert_eq!(recorded_time(NaiveDate::MIN, "T24:30:00Z"), None);
    }
}
