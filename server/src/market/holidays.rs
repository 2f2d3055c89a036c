//! The exchange's holidays, as rules by year.

use chrono::Weekday::{Fri, Mon, Thu, Tue};
use chrono::{Datelike, NaiveDate, TimeDelta};

/// Whether a date, Monday to Friday, is a holiday of the exchange.
///
/// The third Monday of a month is written as the Monday between the 15th and the 21st. A holiday on a
/// Saturday is kept on the Friday before, one on a Sunday on the Monday after.
pub(super) fn is_holiday(date: NaiveDate) -> bool {
    let year = date.year();
    match (date.month(), date.day(), date.weekday()) {
        // New Year's Day; on a Saturday it is lost, for the Friday before closes the books of the year.
        (1, 1, _) | (1, 2, Mon) => true,
        // Martin Luther King Jr. Day.
        (1, 15..=21, Mon) => year >= 1998,
        // Presidents' Day.
        (2, 15..=21, Mon) => true,
        (3 | 4, _, Fri) => is_good_friday(date),
        // Memorial Day.
        (5, 25..=31, Mon) => true,
        // Juneteenth.
        (6, 19, _) | (6, 18, Fri) | (6, 20, Mon) => year >= 2022,
        // Independence Day.
        (7, 4, _) | (7, 3, Fri) | (7, 5, Mon) => true,
        // Labor Day.
        (9, 1..=7, Mon) => true,
        // The election of a president.
        (11, 2..=8, Tue) => year <= 1980 && year % 4 == 0,
        // Thanksgiving.
        (11, 22..=28, Thu) => true,
        // Christmas.
        (12, 25, _) | (12, 24, Fri) | (12, 26, Mon) => true,
        _ => false,
    }
}

/// Good Friday, the only holiday that follows the moon, is two days before Easter Sunday.
fn is_good_friday(date: NaiveDate) -> bool {
    computus::gregorian_naive(date.year()).is_ok_and(|easter| easter - date == TimeDelta::days(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_after_the_record_follow_the_rules() {
        let holidays_of = |year| -> Vec<String> {
            NaiveDate::from_yo_opt(year, 1)
                .expect("a year")
                .iter_days()
                .take_while(|date| date.year() == year)
                .filter(|date| date.weekday().number_from_monday() <= 5 && is_holiday(*date))
                .map(|date| date.format("%m-%d").to_string())
                .collect()
        };

        // New Year's Day 2028 is a Saturday and lost.
        let leap_year = ["01-17", "02-21", "04-14", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"];
        assert_eq!(holidays_of(2028), leap_year);
        // Juneteenth and Christmas 2033 are Sundays, New Year's Day a Saturday again.
        let year_of_shifts = ["01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"];
        assert_eq!(holidays_of(2033), year_of_shifts);
    }
}
