//! Corporate actions: adjusted values are on the scale of the providers' own day, raw ones on the scale of theirs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::expected::number;
use super::row::Row;

/// So many decimals of a price are left where it does not come out even.
const DECIMALS: u32 = 10;

/// The splits and dividends of one ticker, by the date on which each takes effect.
#[derive(Debug, Clone, Default)]
pub(super) struct Actions {
    /// One share becomes this many.
    splits: BTreeMap<NaiveDate, Decimal>,
    /// This share of the price is paid out.
    dividends: BTreeMap<NaiveDate, Decimal>,
}

impl Actions {
    pub(super) fn split(&mut self, date: NaiveDate, ratio: Decimal) {
        self.splits.insert(date, ratio);
    }

    pub(super) fn pay(&mut self, date: NaiveDate, share: Decimal) {
        self.dividends.insert(date, share);
    }

    /// What Tiingo calls `splitFactor`: the ratio on the day of a split, else 1.
    pub(super) fn split_factor(&self, day: NaiveDate) -> Decimal {
        self.splits.get(&day).copied().unwrap_or(Decimal::ONE)
    }

    /// What Tiingo calls `divCash`: what a share at this price pays on that day, if anything.
    pub(super) fn dividend(&self, day: NaiveDate, close: &str) -> Decimal {
        let share = self.dividends.get(&day).copied().unwrap_or(Decimal::ZERO);
        (number(close).unwrap_or(Decimal::ZERO) * share).round_dp(4)
    }

    /// A row, which is adjusted for all that will ever be, as a provider of this day adjusts it: for what has been.
    pub(super) fn as_of(&self, today: NaiveDate, row: Row) -> Row {
        self.undone(row.at.date_naive().max(today), NaiveDate::MAX, row)
    }

    /// An adjusted row of a provider of this day as it was traded on its own.
    pub(super) fn raw(&self, today: NaiveDate, row: &Row) -> Row {
        self.undone(row.at.date_naive(), today, row.clone())
    }

    /// An adjusted row of a provider of this day who adjusts for splits alone.
    pub(super) fn for_splits(&self, today: NaiveDate, row: Row) -> Row {
        Self { splits: BTreeMap::new(), ..self.clone() }.undone(row.at.date_naive(), today, row)
    }

    /// The row without the adjustments for what took effect after a day and until another. Text that is no number stays.
    fn undone(&self, after: NaiveDate, until: NaiveDate, row: Row) -> Row {
        let within = |date: &NaiveDate| after < *date && *date <= until;
        let splits: Decimal = self.splits.iter().filter(|(date, _)| within(date)).map(|(_, ratio)| *ratio).product();
        let dividends = self.dividends.iter().filter(|(date, _)| within(date));
        let left: Decimal = dividends.map(|(_, share)| Decimal::ONE - share).product();
        if splits == Decimal::ONE && left == Decimal::ONE {
            return row;
        }
        let price = |text: String| match left == Decimal::ONE {
            true => rescaled(text, |number| number * splits),
            false => rescaled(text, |number| (number * splits / left).round_dp(DECIMALS)),
        };
        Row {
            open: price(row.open),
            high: price(row.high),
            low: price(row.low),
            close: price(row.close),
            volume: row.volume.map(|text| rescaled(text, |shares| (shares / splits).trunc())),
            ..row
        }
    }
}

fn rescaled(text: String, scale: impl FnOnce(Decimal) -> Decimal) -> String {
    match number(&text) {
        Some(number) => scale(number).normalize().to_string(),
        None => text,
    }
}
