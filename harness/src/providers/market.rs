//! The market that both doubles tell of.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;

use super::expected::{ExpectedCandle, expected};
use super::generator::Generator;
use super::listed::Listed;
use super::listing::Listing;
use super::recorded;
use super::resolution::Resolution;
use super::row::Row;
use super::window::Window;
use super::words::Word;
use crate::clock::Clock;

/// What there is to know about every ticker. Clones are the same market.
#[derive(Debug, Clone)]
pub struct Market {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    seed: u64,
    clock: Option<Clock>,
    listed: BTreeMap<String, Arc<Listed>>,
}

/// What a provider has to send for a request.
pub(super) struct Sent {
    pub(super) rows: Vec<Row>,
    /// The entry that they come from.
    pub(super) listed: Arc<Listed>,
    /// The provider's day in New York; the end of time where no clock says it.
    pub(super) today: NaiveDate,
}

impl Market {
    /// A market that lists nothing yet, whose made-up candles follow from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: Arc::new(Mutex::new(State { seed, clock: None, listed: BTreeMap::new() })) }
    }

    /// Sets the providers' clock. Made-up candles that have not begun by then do not exist yet, and one that is under
    /// way is the candle so far. A market whose time was never set holds all of its history as past.
    pub fn time_is(&self, now: impl Word<DateTime<Utc>>) {
        self.follows(&Clock::at(now.meaning()));
    }

    /// Goes by this clock from now on, as by [`time_is`](Self::time_is).
    pub(crate) fn follows(&self, clock: &Clock) {
        self.state().clock = Some(clock.clone());
    }

    /// Lists a ticker, or goes on with one that is listed. `BRK.B` and `BRK-B` are one ticker to the providers.
    pub fn lists(&self, ticker: &str) -> Listing {
        let symbol = symbol(ticker);
        self.state().listed.entry(symbol.clone()).or_default();
        Listing::new(self.clone(), symbol)
    }

    /// Lists a ticker whose daily rows are these: CSV with a heading, a date, open, high, low, close and volume. It has
    /// no intraday rows, for none were recorded.
    ///
    /// # Panics
    ///
    /// When a line is none of that.
    pub fn lists_recorded(&self, ticker: &str, csv: &str) -> Listing {
        self.lists(ticker).rows(Resolution::Daily, recorded::rows(csv)).no_intraday()
    }

    /// Forgets a ticker: the providers have never heard of it.
    pub fn delists(&self, ticker: &str) {
        self.state().listed.remove(&symbol(ticker));
    }

    /// What a correct server serves of a ticker for New York dates from `first` to `last`, both included: the valid
    /// rows, the last one of each stamp, oldest first. Empty for a ticker that is not listed.
    pub fn expected(
        &self,
        ticker: &str,
        resolution: impl Word<Resolution>,
        first: impl Word<NaiveDate>,
        last: impl Word<NaiveDate>,
    ) -> Vec<ExpectedCandle> {
        let resolution = resolution.meaning();
        let window = Window::of_days(resolution, first.meaning(), last.meaning());
        let sent = self.rows(ticker, resolution, |_| window);
        sent.map(|sent| expected(resolution, &sent.rows)).unwrap_or_default()
    }

    /// What a provider sends for a window; `None` for a ticker that is not listed.
    pub(super) fn sent(&self, ticker: &str, resolution: Resolution, window: Window) -> Option<Sent> {
        self.rows(ticker, resolution, |listed| window.widened(listed.overshoot))
    }

    /// The date in New York by the providers' clock, if it was set.
    pub(super) fn today(&self) -> Option<NaiveDate> {
        self.state().clock.as_ref().map(Clock::now).map(new_york_date)
    }

    pub(super) fn change(&self, symbol: &str, change: impl FnOnce(&mut Listed)) {
        change(Arc::make_mut(self.state().listed.entry(symbol.to_owned()).or_default()));
    }

    fn rows(&self, ticker: &str, resolution: Resolution, window: impl FnOnce(&Listed) -> Window) -> Option<Sent> {
        let symbol = symbol(ticker);
        let (seed, now, listed) = {
            let state = self.state();
            (state.seed, state.clock.as_ref().map(Clock::now), state.listed.get(&symbol)?.clone())
        };
        let generator = Generator { seed, symbol: &symbol, now };
        let today = now.map_or(NaiveDate::MAX, new_york_date);
        let mut rows = listed.rows(&generator, resolution, window(&listed));
        if resolution == Resolution::Daily {
            rows = rows.into_iter().map(|row| listed.actions.as_of(today, row)).collect();
        }
        Some(Sent { rows, listed, today })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn new_york_date(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&New_York).date_naive()
}

/// A ticker as the providers key it.
pub(super) fn symbol(ticker: &str) -> String {
    ticker.to_ascii_uppercase().replace('.', "-")
}
