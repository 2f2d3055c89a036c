//! What a correct server must serve of the rows that a provider sent.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::value::RawValue;

use super::resolution::Resolution;
use super::row::Row;
use super::sessions::session_on;

/// A candle as the contract wants it served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedCandle {
    /// `2026-02-03` for a daily candle, the UTC instant `2026-02-03T14:30:00Z` of its start for any other.
    pub time: String,
    /// US dollars, adjusted for splits and dividends, normalised.
    pub open: Decimal,
    /// US dollars, adjusted for splits and dividends, normalised.
    pub high: Decimal,
    /// US dollars, adjusted for splits and dividends, normalised.
    pub low: Decimal,
    /// US dollars, adjusted for splits and dividends, normalised.
    pub close: Decimal,
    /// Shares; 0 when the provider sent none.
    pub volume: u64,
}

/// The candles among `rows`, oldest first; of several valid ones with one stamp, the last that was sent. Stamps are whole
/// seconds. A row that begins no bucket is none.
pub(super) fn expected(resolution: Resolution, rows: &[Row]) -> Vec<ExpectedCandle> {
    let begin = rows.iter().filter(|row| begins_a_bucket(resolution, row.at));
    let candles: BTreeMap<_, _> =
        begin.filter_map(|row| Some((resolution.served(row.at), candle(resolution, row)?))).collect();
    candles.into_values().collect()
}

/// Whether a bucket begins there: on a day of trading, at the bell or on the clock.
fn begins_a_bucket(resolution: Resolution, at: DateTime<Utc>) -> bool {
    let Some(session) = session_on(resolution.day(at)) else { return false };
    match resolution {
        Resolution::Daily => true,
        Resolution::Minutes(minutes) => {
            at.timestamp() == session.open.timestamp() || at.timestamp() % (i64::from(minutes) * 60) == 0
        }
    }
}

fn candle(resolution: Resolution, row: &Row) -> Option<ExpectedCandle> {
    let [open, high, low, close] = row.prices().map(number);
    let (open, high, low, close) = (open?, high?, low?, close?);
    let volume = volume(row.volume.as_deref())?;
    // A billionth of a price is what binary fractions leave of it.
    let at_most = |less: Decimal, more: Decimal| less <= more + more * Decimal::new(1, 9);
    let ordered = at_most(low, open.min(close)) && at_most(open.max(close), high);
    let time = resolution.served(row.at);
    (low > Decimal::ZERO && ordered).then_some(ExpectedCandle { time, open, high, low, close, volume })
}

fn volume(text: Option<&str>) -> Option<u64> {
    match text {
        None | Some("null") => Some(0),
        Some(text) => number(text).filter(Decimal::is_integer)?.to_u64(),
    }
}

/// The exact value of a JSON number of at most 28 digits; `None` for any other text.
pub(super) fn number(text: &str) -> Option<Decimal> {
    serde_json::from_str::<&RawValue>(text).ok()?;
    let parsed = if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    parsed.ok().map(|number| number.normalize())
}
