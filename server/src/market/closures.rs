//! Days without trading: weekends, holidays, and the days on which history closed the exchange.

use chrono::{Datelike, NaiveDate, Weekday};

use super::holidays;

/// Closures that follow no rule, as year, month and day.
const SPECIAL: [(i32, u32, u32); 15] = [
    (1972, 12, 28), // funeral of President Truman
    (1973, 1, 25),  // funeral of President Johnson
    (1977, 7, 14),  // blackout of New York City
    (1985, 9, 27),  // Hurricane Gloria
    (1994, 4, 27),  // funeral of President Nixon
    (2001, 9, 11),  // attacks of 11 September
    (2001, 9, 12),
    (2001, 9, 13),
    (2001, 9, 14),
    (2004, 6, 11),  // funeral of President Reagan
    (2007, 1, 2),   // mourning for President Ford
    (2012, 10, 29), // Hurricane Sandy
    (2012, 10, 30),
    (2018, 12, 5), // mourning for President Bush
    (2025, 1, 9),  // mourning for President Carter
];

/// Whether the exchange stays closed all of this New York date.
pub(super) fn is_closed(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        || holidays::is_holiday(date)
        || SPECIAL.contains(&(date.year(), date.month(), date.day()))
}
