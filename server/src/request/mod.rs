//! What was asked for: parsed, validated, and frozen before anything is looked up.
//!
//! A [`Request`] is computed once, from the query and one reading of the clock; keys, dates and freshness all follow
//! from it, so a request that spans midnight still means one day (C14, C15, D39).

mod expected;
mod query;
mod range;
mod resolution;
pub mod ticker;

use std::sync::{Arc, OnceLock};

use axum::http::HeaderMap;
use chrono::{DateTime, NaiveDate, Utc};

pub use expected::Expected;
pub use query::Query;
pub use range::Range;
pub use resolution::{Resolution, admit};

use crate::candle::Stamp;
use crate::error::Failure;
use crate::freshness::fresh_until;
use crate::rules::Rules;

/// A span of New York dates, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First date.
    pub start: NaiveDate,
    /// Last date.
    pub end: NaiveDate,
}

impl Window {
    /// Whether a candle lies in the window, by the market's date.
    pub fn holds(&self, stamp: Stamp, rules: &Rules) -> bool {
        let date = match stamp {
            Stamp::Day(date) => date,
            Stamp::Instant(instant) => (rules.market_day)(instant),
        };
        (rules.includes)(self, date)
    }

    /// Whether the window includes a day: its first and its last one too.
    pub fn includes(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// Days from its start to its end: 0 for a single day.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}

/// One request, frozen.
#[derive(Clone)]
pub struct Request {
    /// The canonical ticker.
    pub ticker: String,
    /// The length of a candle.
    pub resolution: Resolution,
    /// The range that was asked for, or that the dates are custom.
    pub range: Range,
    /// The dates that it means.
    pub window: Window,
    /// The instant at which it arrived. Everything that depends on time counts from here.
    pub now: DateTime<Utc>,
    /// The key of its answer.
    pub cache_key: String,
    /// How many invalidations its instance had seen by then.
    pub invalidations: u64,
    schedule: OnceLock<Schedule>,
    rules: Arc<Rules>,
}

/// What the exchange's sessions say of a window. Computed when it is first needed: an answer from memory needs none.
#[derive(Clone)]
struct Schedule {
    expected: Arc<[Expected]>,
    fresh_until: DateTime<Utc>,
}

impl Request {
    /// Parses and validates a request that arrived at `now`.
    ///
    /// # Errors
    /// The failure to answer with: always a 400 that names the field.
    pub fn freeze(ticker: &str, query: &Query, now: DateTime<Utc>, rules: &Arc<Rules>) -> Result<Self, Failure> {
        let canonical = (rules.ticker)(ticker).ok_or_else(|| Failure::invalid_ticker(ticker))?;
        let resolution = query.resolution()?;
        let (range, window) = query.window((rules.market_day)(now), rules)?;
        let window = (rules.admit)(window, resolution, rules)?;

        let mut request = Self {
            ticker: canonical,
            resolution,
            range,
            window,
            now,
            cache_key: String::new(),
            invalidations: 0,
            schedule: OnceLock::new(),
            rules: Arc::clone(rules),
        };
        request.cache_key = (rules.cache_key)(&request);
        Ok(request)
    }

    /// Every candle whose bucket has begun, oldest first.
    pub fn expected(&self) -> &[Expected] {
        &self.schedule().expected
    }

    /// Until when an answer that is complete now stays so.
    pub fn fresh_until(&self) -> DateTime<Utc> {
        self.schedule().fresh_until
    }

    /// The same request for daily candles: what stands in when the providers lack intraday data. It keeps its keys,
    /// so it is never taken for a daily request's answer (G24).
    pub fn in_days(&self) -> Self {
        Self { resolution: Resolution::Day, schedule: OnceLock::new(), ..self.clone() }
    }

    fn schedule(&self) -> &Schedule {
        self.schedule.get_or_init(|| {
            let sessions = (self.rules.sessions)(self.window.start, self.window.end);
            Schedule {
                expected: expected::in_sessions(&sessions, self.resolution, self.now),
                fresh_until: fresh_until(&sessions, self.range, self.now, &self.rules),
            }
        })
    }
}

/// A request arrives when our own clock says so (C7).
pub fn arrival(_headers: &HeaderMap, now: DateTime<Utc>) -> DateTime<Utc> {
    now
}

/// No window reaches beyond the market's present day (C10).
pub fn last_day(today: NaiveDate) -> NaiveDate {
    today
}
