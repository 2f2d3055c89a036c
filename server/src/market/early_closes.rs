//! Sessions that end before 16:00, as rules by year.

use chrono::Weekday::{Fri, Mon, Thu, Tue, Wed};
use chrono::{Datelike, NaiveDate, NaiveTime};

const REGULAR: NaiveTime = NaiveTime::from_hms_opt(16, 0, 0).expect("a time of day");
const EARLY: NaiveTime = NaiveTime::from_hms_opt(13, 0, 0).expect("a time of day");
const EARLY_BEFORE_1993: NaiveTime = NaiveTime::from_hms_opt(14, 0, 0).expect("a time of day");

/// When the session of a New York date closes, in New York time.
///
/// Closes that nobody could have planned count as regular, as in the record the calendar is checked
/// against: snow (1994-02-11 at 14:30, 1996-01-08 at 14:00), the circuit breaker of 1997-10-27 (15:30), a
/// failed system (2005-06-01 at 15:56).
pub(super) fn closing_time(date: NaiveDate) -> NaiveTime {
    let year = date.year();
    let is_early = match (date.month(), date.day(), date.weekday()) {
        // Independence Day, on the eve; around a Thursday it was the Friday after until 2012.
        (7, 3, Mon | Tue | Thu) => year >= 1995,
        (7, 3, Wed) => year >= 2013,
        (7, 5, Fri) => (1995..2013).contains(&year),
        // The day after Thanksgiving.
        (11, 23..=29, Fri) => year >= 1992,
        // Christmas Eve.
        (12, 24, _) => year >= 1990,
        // The day after Christmas, in the years when the exchange chose so.
        (12, 26, Fri) => matches!(year, 1997 | 2003),
        // The eve of the year 2000; some calendars omit it, but the exchange had decided on it in 1999.
        (12, 31, _) => year == 1999,
        _ => false,
    };
    match is_early {
        false => REGULAR,
        true if year < 1993 => EARLY_BEFORE_1993,
        true => EARLY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_after_the_record_follow_the_rules() {
        let closing = |date: &str| closing_time(date.parse().expect("a date"));

        for early in ["2028-07-03", "2028-11-24", "2029-07-03", "2029-12-24", "2030-07-03"] {
            assert_eq!(closing(early), EARLY, "{early}");
        }
        for regular in ["2028-07-05", "2028-12-22", "2030-07-05", "2032-07-02", "2033-07-01"] {
            assert_eq!(closing(regular), REGULAR, "{regular}");
        }
    }
}
