//! The words with which a scenario says what the providers list for a ticker.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::expected::number;
use super::listed::{Change, Listed};
use super::market::Market;
use super::resolution::Resolution;
use super::row::Row;
use super::words::Word;

/// One ticker of a [`Market`]. Each word takes effect at once and may be followed by another.
///
/// Candles are made up from the market's seed for every session, until a word says otherwise. A stamp is a date for a
/// daily row (`2026-02-03`) and an instant for an intraday one (`2026-02-03T14:30:00Z`), whatever its resolution.
#[derive(Debug, Clone)]
pub struct Listing {
    market: Market,
    symbol: String,
}

impl Listing {
    pub(super) fn new(market: Market, symbol: String) -> Self {
        Self { market, symbol }
    }

    /// Trading begins on this date: there are no made-up rows before it.
    pub fn since(self, date: impl Word<NaiveDate>) -> Self {
        let date = date.meaning();
        self.with(|listed| listed.since = Some(date))
    }

    /// Exactly these rows, in this order, instead of made-up ones.
    pub fn rows(self, resolution: impl Word<Resolution>, rows: impl IntoIterator<Item = Row>) -> Self {
        let (resolution, rows) = (resolution.meaning(), rows.into_iter().collect());
        self.with(|listed| _ = listed.exact.insert(resolution, rows))
    }

    /// These rows too, in their places, whatever begins there: the last trade within a bar, a row of a closed day, today's
    /// row before the bell, bars out of hours. They take the place of those that were said so before.
    pub fn adds(self, resolution: impl Word<Resolution>, rows: impl IntoIterator<Item = Row>) -> Self {
        let (resolution, rows) = (resolution.meaning(), rows.into_iter().collect());
        self.with(|listed| _ = listed.odd.insert(resolution, rows))
    }

    /// Changes the row with this stamp.
    pub fn edit(self, at: impl Word<DateTime<Utc>>, edit: impl Fn(&mut Row) + Send + Sync + 'static) -> Self {
        self.changes(at, move |mut row| {
            edit(&mut row);
            vec![row]
        })
    }

    /// Sends the row with this stamp twice, the second one changed.
    pub fn doubled(self, at: impl Word<DateTime<Utc>>, edit: impl Fn(&mut Row) + Send + Sync + 'static) -> Self {
        self.changes(at, move |row| {
            let mut second = row.clone();
            edit(&mut second);
            vec![row, second]
        })
    }

    /// Has no rows there: a date is a halt for the whole day at every resolution, an instant a single row.
    pub fn without<T: Word<DateTime<Utc>>>(self, stamps: impl IntoIterator<Item = T>) -> Self {
        let holes: Vec<_> = stamps.into_iter().map(T::meaning).collect();
        self.with(|listed| listed.holes.extend(holes))
    }

    /// On this date one share becomes `ratio` shares. Daily rows before it differ in their raw and adjusted values; the
    /// adjusted ones are what [`Row`] holds, from that date on. Until then, by the market's time, nobody knows of it.
    /// Intraday rows have no adjusted columns and stay on one scale.
    pub fn splits(self, date: impl Word<NaiveDate>, ratio: impl Into<Decimal>) -> Self {
        let (date, ratio) = (date.meaning(), ratio.into());
        self.with(|listed| listed.actions.split(date, ratio))
    }

    /// On this date a dividend of this share of the price is paid: `"0.01"`. As with a [split](Self::splits), daily rows before
    /// it are adjusted for it from that date on, but for Finnhub's, which are for splits alone.
    pub fn pays(self, date: impl Word<NaiveDate>, share: &str) -> Self {
        let (date, share) = (date.meaning(), number(share).expect("a number"));
        self.with(|listed| listed.actions.pay(date, share))
    }

    /// Rows are not sent in the order of their time.
    pub fn in_disorder(self) -> Self {
        self.with(|listed| listed.in_disorder = true)
    }

    /// The providers have only daily rows.
    pub fn no_intraday(self) -> Self {
        self.with(|listed| listed.no_intraday = true)
    }

    /// Intraday rows are dated on New York's clock, with its offset, instead of in UTC.
    pub fn dated_with_offset(self) -> Self {
        self.with(|listed| listed.with_offset = true)
    }

    /// Every answer carries this many days more than asked for, at either end.
    pub fn overshoots(self, days: u32) -> Self {
        self.with(|listed| listed.overshoot = days)
    }

    fn changes(self, at: impl Word<DateTime<Utc>>, change: impl Fn(Row) -> Vec<Row> + Send + Sync + 'static) -> Self {
        let change = (at.meaning(), Change(Arc::new(change)));
        self.with(|listed| listed.changes.push(change))
    }

    fn with(self, change: impl FnOnce(&mut Listed)) -> Self {
        self.market.change(&self.symbol, change);
        self
    }
}
