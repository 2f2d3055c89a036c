//! Good Friday: the only holiday that follows the moon.

use chrono::{Datelike, NaiveDate};

/// Whether a date is two days before Easter Sunday.
pub(super) fn is_good_friday(date: NaiveDate) -> bool {
    let easter = easter_in_days_of_march(date.year());
    match date.month() {
        3 => date.day() + 2 == easter,
        4 => date.day() + 31 + 2 == easter,
        _ => false,
    }
}

/// Easter Sunday of a year in days of March: 31 is 31 March, 32 is 1 April.
///
/// The Gregorian rule, as published anonymously in Nature in 1876 (Meeus, Astronomical Algorithms, ch. 8).
fn easter_in_days_of_march(year: i32) -> u32 {
    let year = year.unsigned_abs();
    let (century, golden) = (year / 100, year % 19);
    let lost_leap_days = century - century / 4;
    let lunar_drift = (century - (century + 8) / 25 + 1) / 3;
    // Days from 21 March to the full moon, and from the day after it to a Sunday.
    let full_moon = (19 * golden + lost_leap_days - lunar_drift + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) + 6 * full_moon + 6 * (year % 4)) % 7;
    // The rule brings its latest Easters back a week, so that none falls after 25 April.
    let weeks_back = (golden + 11 * full_moon + 22 * sunday) / 451;
    22 + full_moon + sunday - 7 * weeks_back
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_stays_between_its_earliest_and_latest_day() {
        assert_eq!(easter_in_days_of_march(1818), 22, "the earliest, 22 March");
        assert_eq!(easter_in_days_of_march(2285), 22, "the next like it");
        assert_eq!(easter_in_days_of_march(1943), 31 + 25, "the latest, 25 April");
        assert_eq!(easter_in_days_of_march(2038), 31 + 25, "the next like it");
        assert!((1583..10_000).all(|year| (22..=56).contains(&easter_in_days_of_march(year))));
    }

    #[test]
    fn good_friday_may_fall_in_march_or_april() {
        let good_friday = |date: &str| is_good_friday(date.parse().expect("a date"));

        assert!(good_friday("2024-03-29"));
        assert!(good_friday("2026-04-03"));
        assert!(good_friday("2029-03-30"), "Easter on 1 April");
        assert!(!good_friday("2026-04-10"));
        assert!(!good_friday("2026-05-01"));
    }
}
