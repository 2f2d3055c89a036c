//! Several fetches in one window: whose candles count, and which of them may be served together.
//!
//! Windows that share days overwrite one another's candles. Each would be fetched for ever if an answer had to come from
//! one fetch alone. Between two fetches, though, prices may have been adjusted anew, and one of them may be half written.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::items::StoredCandle;
use crate::policy::policy;
use crate::request::{Resolution, Window};

policy! {
    /// What counts, and is served together, of several fetches.
    FetchPolicy "fetches" {
        values {
            /// By how much two days may be adjusted differently and still be on one scale, as a share.
            scale_noise: Decimal = Decimal::from_parts(1, 0, 0, false, 6), or "0: the last digits of a quotient would make two scales", from "decisions.md#one-scale";
        }
        functions {
            /// Whether a fetch leaves nothing to say for another one about a day.
            supersedes: fn(&StoredFetch, &StoredFetch, NaiveDate) -> bool = supersedes, decides "one that came later and covered that day",
                shows [(&fetched("2026-02-03T22:00:00Z"), &fetched("2026-02-03T21:00:00Z"), day("2026-02-03")),
                    (&fetched("2026-02-03T22:00:00Z"), &fetched("2026-02-03T21:00:00Z"), day("2026-02-04"))],
                from "decisions.md#newest-of-a-day";
            /// Whether the candles on either side of a border between two fetches may be served together, given scale_noise.
            joins: fn(&Border<'_>, Decimal) -> bool = joins,
                decides "intraday ones; daily ones that were adjusted alike, with neither an ex-date nor a gap between them",
                shows [(&Border { before: &stored(), after: &stored(), gap: false }, Decimal::ZERO),
                    (&Border { before: &stored(), after: &stored(), gap: true }, Decimal::ZERO)],
                from "decisions.md#one-scale";
            /// When a window that is made of these fetches was fetched.
            fetched: fn(&[DateTime<Utc>]) -> Option<DateTime<Utc>> = fetched, decides "when the oldest of them was",
                shows [(&[at("2026-02-03T22:00:00Z"), at("2026-02-03T22:01:00Z")]), (&[at("2026-02-03T22:01:00Z")])],
                from "decisions.md#several-fetches";
        }
    }
}

/// A fetch that has left candles in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFetch {
    /// When it was.
    pub at: DateTime<Utc>,
    /// What it asked for. Items of before this was stored do not say it.
    pub window: Option<Window>,
}

/// Where the candles of one fetch end and those of another begin.
#[derive(Debug, Clone, Copy)]
pub struct Border<'a> {
    /// The last candle before it.
    pub before: &'a StoredCandle,
    /// The first one after it.
    pub after: &'a StoredCandle,
    /// Whether a candle is lacking between them.
    pub gap: bool,
}

impl StoredFetch {
    /// Whether it asked for a day. One that does not say what it asked for may have asked for any.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.window.is_none_or(|window| window.includes(day))
    }

    /// Whether it asked for a whole window.
    pub fn covers_all(&self, window: &Window) -> bool {
        self.covers(window.start) && self.covers(window.end)
    }
}

/// What an earlier fetch has left on a day that a later one asked for: the later one did not have it, or has not been
/// written to its end.
pub fn supersedes(newer: &StoredFetch, other: &StoredFetch, day: NaiveDate) -> bool {
    other.at < newer.at && newer.covers(day)
}

/// Intraday candles are as they were traded, whenever they are fetched. Daily ones are on one scale if two neighbours were
/// adjusted alike, and nothing took effect on the later one's day, for which alone the earlier one would be adjusted.
pub fn joins(border: &Border<'_>, noise: Decimal) -> bool {
    let Border { before, after, gap } = border;
    if before.fetched_window.is_none() || after.fetched_window.is_none() {
        return false;
    }
    match (before.resolution, before.candle.adjusted, after.candle.adjusted) {
        (Resolution::Day, Some(before), Some(after)) => {
            !gap && !after.on_ex_date && alike(before.by, after.by, noise).unwrap_or(false)
        }
        (Resolution::Day, _, _) => false,
        _ => true,
    }
}

/// Whether two numbers differ by noise alone; nothing if they are too large to tell.
fn alike(one: Decimal, other: Decimal, noise: Decimal) -> Option<bool> {
    Some(one.checked_sub(other)?.abs() <= one.checked_mul(noise)?.abs())
}

/// Nothing in an answer may be older than the answer says it is.
pub fn fetched(fetches: &[DateTime<Utc>]) -> Option<DateTime<Utc>> {
    fetches.iter().min().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candle::{Adjusted, Candle};
    use crate::samples::{fetched, stored};

    fn by(text: &str, on_ex_date: bool) -> StoredCandle {
        let by = Decimal::from_str_exact(text).expect("a number");
        let candle = Candle { adjusted: Some(Adjusted { by, on_ex_date }), ..stored().candle };
        StoredCandle { candle, ..stored() }
    }

    fn joined(before: &StoredCandle, after: &StoredCandle) -> bool {
        joins(&Border { before, after, gap: false }, Decimal::new(1, 6))
    }

    #[test]
    fn daily_candles_that_were_adjusted_alike_are_on_one_scale() {
        assert!(joined(&by("0.996", false), &by("0.9960000001", false)));
        assert!(joined(&by("0.996", true), &by("0.996", false)), "what came before both is nothing between them");
        assert!(!joined(&by("0.996", false), &by("0.99601", false)), "another scale");
        assert!(!joined(&by("1", false), &by("1", true)), "a split on the day itself");
        assert!(!joined(&by("79228162514264337593543950335", false), &by("-1", false)), "too large to tell");
    }

    #[test]
    fn what_says_nothing_of_itself_is_joined_to_nothing() {
        let silent = StoredCandle { candle: Candle { adjusted: None, ..stored().candle }, ..stored() };
        let old = StoredCandle { fetched_window: None, ..stored() };
        for other in [&silent, &old] {
            assert!(!joined(&stored(), other) && !joined(other, &stored()));
        }
        let hour = StoredCandle { resolution: Resolution::Hour, ..silent };
        assert!(joined(&hour, &hour), "intraday prices are not adjusted");
    }

    #[test]
    fn a_fetch_without_a_window_covers_every_day() {
        let silent = StoredFetch { window: None, ..fetched("2026-02-03T22:00:00Z") };
        let day = |date: &str| date.parse::<NaiveDate>().expect("a date");
        assert!(silent.covers(day("2020-01-02")) && !fetched("2026-02-03T22:00:00Z").covers(day("2020-01-02")));
    }
}
