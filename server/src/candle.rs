//! Candles: parsed from the provider's text, judged, ordered, and written as JSON in one way.
//!
//! Prices are decimals from the first character to the last; they never pass through binary floating point.

use std::io::Write;

use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::policy::policy;

policy! {
    /// What a candle is, from the provider's text to the answer's.
    CandlePolicy "candle" {
        values {
            /// How far high and low may miss the other prices, as a share of the price: what computing with binary fractions leaves.
            noise: Decimal = Decimal::from_parts(1, 0, 0, false, 9), or "0: one adjusted row in a thousand is refused for its last digit", from "decisions.md#noise";
        }
        functions {
            /// A price from the provider's own JSON text.
            price: fn(&str) -> Option<Decimal> = price, decides "a JSON number, every decimal kept, never through f64",
                shows [("1.50"), ("NaN")], from "decisions.md#price";
            /// A volume from the provider's own JSON text, if it sent one.
            volume: fn(Option<&str>) -> Option<u64> = volume, decides "0 when missing or null; whole shares, 64 bits",
                shows [(None), (Some("35.0"))], from "decisions.md#volume";
            /// What is wrong with a candle, if anything, given noise.
            flaw: fn(&Candle, Decimal) -> Option<Flaw> = flaw, decides "prices above 0; low <= open, close <= high, but for noise",
                shows [(&candle("2026-02-03"), Decimal::ZERO), (&Candle { low: Decimal::ZERO, ..candle("2026-02-03") }, Decimal::ZERO)],
                from "decisions.md#flaw";
            /// The stamp of a bar that began at this instant.
            stamp: fn(DateTime<Utc>) -> Stamp = Stamp::of, decides "its whole second, as in keys and answers: a fraction is cut off",
                shows [(at("2026-02-03T20:55:00.250Z")), (at("2026-02-03T20:55:01Z"))], from "decisions.md#stamp";
            /// Order and uniqueness of candles.
            arrange: fn(Vec<Candle>) -> Arranged = arrange, decides "ascending; of two with one timestamp the last",
                shows [(vec![candle("2026-02-03")]), (vec![candle("2026-02-03"), candle("2026-02-03")])], from "decisions.md#arrange";
            /// A candle's time, in keys and answers.
            stamp_text: fn(Stamp) -> String = stamp_text, decides "2026-02-03, or 2026-02-03T14:30:00Z",
                shows [(Stamp::Day(day("2026-02-03"))), (Stamp::Instant(at("2026-02-03T14:30:00Z")))], from "decisions.md#stamp-text";
            /// A candle as JSON, given its time's text: the one path to every answer. Appended to what is there.
            json: fn(&Candle, &str, Vec<u8>) -> Vec<u8> = write_json, decides "one serialization, whatever the source",
                shows [(&candle("2026-02-03"), "2026-02-03", Vec::new()), (&candle("2026-02-03"), "2026-02-04", Vec::new())],
                from "decisions.md#candle-json";
        }
    }
}

/// So many digits of what a candle was adjusted by are told apart from rounding.
const ADJUSTED_DIGITS: u32 = 15;

/// When a candle's bucket began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stamp {
    /// A daily candle: the session's date in New York.
    Day(NaiveDate),
    /// An intraday candle: the instant, in UTC.
    Instant(DateTime<Utc>),
}

impl Stamp {
    /// The stamp of an intraday candle that began at this instant: in its whole second.
    pub fn of(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant.trunc_subsecs(0))
    }

    /// The stamp as a UTC instant; a day stands for its own midnight, as in the sort key.
    pub fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Day(date) => date.and_time(NaiveTime::MIN).and_utc(),
            Self::Instant(instant) => instant,
        }
    }
}

/// One bar. Prices are in dollars, adjusted for splits and dividends; volume is in shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candle {
    /// The start of its bucket.
    pub stamp: Stamp,
    /// First price.
    pub open: Decimal,
    /// Highest price.
    pub high: Decimal,
    /// Lowest price.
    pub low: Decimal,
    /// Last price.
    pub close: Decimal,
    /// Shares traded.
    pub volume: u64,
    /// What its prices were adjusted by, if it is a daily one whose provider says so.
    pub adjusted: Option<Adjusted>,
}

/// What a daily candle was adjusted by, for the splits and dividends that came after its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjusted {
    /// Its adjusted price over the one that was traded.
    pub by: Decimal,
    /// Whether a split or a dividend took effect on its day. The days before it are adjusted for that, and it is not.
    pub on_ex_date: bool,
}

impl Adjusted {
    /// What made one price of another on a day with this split factor and dividend; nothing where that is no number.
    pub fn of(traded: Decimal, adjusted: Decimal, split_factor: Decimal, dividend: Decimal) -> Option<Self> {
        let by = adjusted.checked_div(traded)?.round_sf(ADJUSTED_DIGITS)?.normalize();
        Some(Self { by, on_ex_date: split_factor != Decimal::ONE || !dividend.is_zero() })
    }
}

/// Why a candle is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// A price or the volume is not a number.
    #[error("not a number")]
    NotANumber,
    /// The time does not parse.
    #[error("no time")]
    NoTime,
    /// A price is zero or negative.
    #[error("a price is not above zero")]
    NotPositive,
    /// The high is below, or the low above, another price.
    #[error("high or low does not bound the other prices")]
    OutOfBounds,
}

/// Candles in order, and how many were dropped as duplicates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arranged {
    /// One candle a stamp, oldest first.
    pub candles: Vec<Candle>,
    /// How many stamps came more than once.
    pub duplicates: usize,
}

/// A price from JSON text: a number, with every decimal that was sent. Trailing zeros go, because DynamoDB drops
/// them too, and an answer must not depend on where it came from.
pub fn price(text: &str) -> Option<Decimal> {
    let number = match text.contains(['e', 'E']) {
        true => Decimal::from_scientific(text),
        false => Decimal::from_str_exact(text),
    };
    number.ok().map(|price| price.normalize())
}

/// A volume from JSON text: 0 when it is missing or null. Some endpoints write `35.0`.
pub fn volume(text: Option<&str>) -> Option<u64> {
    match text {
        None | Some("null") => Some(0),
        Some(text) => price(text)?.round().to_u64(),
    }
}

/// What is wrong with a candle, if anything. High and low may miss the other prices by noise, a share of the price.
pub fn flaw(candle: &Candle, noise: Decimal) -> Option<Flaw> {
    let Candle { open, high, low, close, .. } = candle;
    if [open, high, low, close].iter().any(|price| **price <= Decimal::ZERO) {
        return Some(Flaw::NotPositive);
    }
    let at_most = |less: &Decimal, more: &Decimal| less - more <= more * noise;
    let bounded = |price| at_most(low, price) && at_most(price, high);
    (!bounded(open) || !bounded(close)).then_some(Flaw::OutOfBounds)
}

/// Oldest first; of candles with one stamp the last that came stays.
pub fn arrange(mut candles: Vec<Candle>) -> Arranged {
    let sent = candles.len();
    candles.reverse();
    // The sort is stable, so the last one sent now stands first among its equals, and dedup keeps the first.
    candles.sort_by_key(|candle| candle.stamp);
    candles.dedup_by_key(|candle| candle.stamp);
    let duplicates = sent - candles.len();
    Arranged { candles, duplicates }
}

/// A stamp as answers show it: a New York date, or a UTC instant with its zone.
pub fn stamp_text(stamp: Stamp) -> String {
    match stamp {
        Stamp::Day(date) => date.to_string(),
        Stamp::Instant(instant) => instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// Appends a candle as a JSON object. Every answer passes here, so its bytes do not tell where it came from.
pub fn write_json(candle: &Candle, date: &str, mut out: Vec<u8>) -> Vec<u8> {
    let Candle { open, high, low, close, volume, .. } = candle;
    // Writing into a Vec cannot fail, and no part needs escaping: a date and five numbers.
    let _ =
        write!(out, r#"{{"date":"{date}","open":{open},"high":{high},"low":{low},"close":{close},"volume":{volume}}}"#);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_keeps_every_decimal_and_no_trailing_zero() {
        let text = |text| price(text).map(|price| price.to_string());
        assert_eq!(text("149.4537262719"), Some("149.4537262719".into()));
        assert_eq!(text("150.10"), Some("150.1".into()));
        assert_eq!(text("100"), Some("100".into()));
        assert_eq!(text("1.5e2"), Some("150".into()));
        for text in ["NaN", "\"1\"", "null", "Infinity", "", "1.2.3", "true"] {
            assert_eq!(price(text), None, "{text}");
        }
    }

    #[test]
    fn noise_is_no_flaw_and_what_is_beyond_is() {
        let price = |text: &str| Decimal::from_str_exact(text).unwrap_or_default();
        let bar = |high: &str, close: &str| {
            let (low, open, stamp) = (price("27.01"), price("27.05"), Stamp::Day(NaiveDate::MIN));
            Candle { stamp, open, high: price(high), low, close: price(close), volume: 0, adjusted: None }
        };
        let noise = Decimal::new(1, 9);
        let noisy = bar("27.129999999999995", "27.130000000000003");
        assert_eq!((flaw(&noisy, noise), flaw(&noisy, Decimal::ZERO)), (None, Some(Flaw::OutOfBounds)));
        assert_eq!(flaw(&bar("27.13", "27.13000003"), noise), Some(Flaw::OutOfBounds));
        let large = Candle { high: Decimal::MAX, ..bar("28", "27.1") };
        assert_eq!(flaw(&large, noise), None);
    }

    #[test]
    fn a_volume_is_exact_beyond_what_a_double_holds() {
        assert_eq!(volume(Some("9007199254740993")), Some(9_007_199_254_740_993));
        assert_eq!(volume(Some("35.0")), Some(35));
        assert_eq!(volume(Some("-1")), None);
        assert_eq!(volume(Some("\"many\"")), None);
    }
}
