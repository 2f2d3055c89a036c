//! Stock splits: adjusted values are on today's scale, raw ones on the scale of their own day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::expected::number;
use super::row::Row;

/// The splits of one ticker: from each date on, one share has become this many.
#[derive(Debug, Clone, Default)]
pub(super) struct Splits(BTreeMap<NaiveDate, Decimal>);

impl Splits {
    pub(super) fn add(&mut self, date: NaiveDate, ratio: Decimal) {
        self.0.insert(date, ratio);
    }

    /// What Tiingo calls `splitFactor`: the ratio on the day of a split, else 1.
    pub(super) fn factor(&self, day: NaiveDate) -> Decimal {
        self.0.get(&day).copied().unwrap_or(Decimal::ONE)
    }

    /// The row as it looked on its own day. Text that is no number stays as it is.
    pub(super) fn raw(&self, day: NaiveDate, row: &Row) -> Row {
        let later = self.0.iter().filter(|(date, _)| **date > day);
        let scale: Decimal = later.map(|(_, ratio)| *ratio).product();
        if scale == Decimal::ONE {
            return row.clone();
        }
        let price = |text: &String| rescaled(text, |number| number * scale);
        Row {
            at: row.at,
            written: row.written.clone(),
            open: price(&row.open),
            high: price(&row.high),
            low: price(&row.low),
            close: price(&row.close),
            volume: row.volume.as_ref().map(|text| rescaled(text, |shares| (shares / scale).trunc())),
        }
    }
}

fn rescaled(text: &str, scale: impl FnOnce(Decimal) -> Decimal) -> String {
    number(text).map_or_else(|| text.to_owned(), |number| scale(number).normalize().to_string())
}
