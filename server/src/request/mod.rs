//! What was asked for: parsed, validated, and frozen before anything is looked up.
//!
//! A [`Request`] is computed once, from the query and one reading of the clock; keys, dates and freshness all follow
//! from it, so a request that spans midnight still means one day (`decisions.md#frozen-request`).

mod expected;
mod query;
mod range;
mod resolution;
pub mod ticker;
mod window;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, Utc};

pub use expected::{Expected, bucket_of};
pub use query::Query;
pub use range::Range;
pub use resolution::{Resolution, admit};
pub use window::Window;

use crate::candle::Stamp;
use crate::error::Failure;
use crate::freshness::{FreshnessPolicy, fresh_until};
use crate::key::KeyPolicy;
use crate::market::{CalendarPolicy, Session};
use crate::policy::policy;

policy! {
    /// What may be asked for.
    RequestPolicy "request" {
        values {
            /// How many days after the market's present one a window may still include.
            days_ahead: u32 = 0, or "any number: the answer would be empty, and would be cached as if it were final", from "decisions.md#last-day";
        }
        functions {
            /// The canonical ticker, or nothing when the text is none.
            ticker: fn(&str) -> Option<String> = ticker::canonical,
                decides "upper case; 1-5 letters, then at most two groups of . or - and 1-2 letters", shows [("brk.b"), ("GOOGLE")], from "decisions.md#ticker";
            /// The range that a query names.
            range: fn(&str) -> Option<Range> = Range::parse, decides "1D 1W 1M 3M 6M YTD 1Y 5Y; anything else is refused",
                shows [("1W"), ("2W")], from "decisions.md#range";
            /// Whether a window includes a day.
            includes: fn(&Window, NaiveDate) -> bool = Window::includes, decides "from its start to its end, both included",
                shows [(&week(), day("2026-02-03")), (&week(), day("2026-02-04"))], from "decisions.md#includes";
            /// The longest window of a resolution, in days from its start to its end.
            longest_window: fn(Resolution) -> i64 = Resolution::longest_window,
                decides "1: 7, 5: 30, 15: 90, 30: 90, 60: 180, D: 1830", shows [(Resolution::Minute), (Resolution::Day)],
                from "decisions.md#longest-window";
            /// What becomes of a window at a resolution.
            admit: fn(Window, Resolution, &RequestPolicy) -> Result<Window, Failure> = admit,
                decides "answered as it is, or refused with the resolution that fits",
                shows [(week(), Resolution::Minute, &RequestPolicy::default()),
                    (Window { start: day("2025-02-03"), ..week() }, Resolution::Minute, &RequestPolicy::default())],
                from "decisions.md#admit";
            /// The bucket that a candle fills, if the exchange's calendar has one for it.
            bucket_of: fn(&Request, Stamp) -> Option<Expected> = bucket_of,
                decides "one that a session lets expect by now, or one out of hours on a day whose session has begun",
                shows [(&request("AAPL", "range=1W", "2026-02-03T14:29:59Z"), Stamp::Day(day("2026-02-03"))),
                    (&request("AAPL", "range=1W", "2026-02-03T14:30:00Z"), Stamp::Day(day("2026-02-03")))],
                from "decisions.md#bucket-of";
        }
    }
}

/// Makes requests of what clients ask for, and of what warming does.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// What may be asked for.
    pub policy: RequestPolicy,
    /// What it is called.
    pub keys: KeyPolicy,
    /// When the market trades.
    pub calendar: CalendarPolicy,
    /// How long its answer stays good.
    pub freshness: FreshnessPolicy,
}

impl Requests {
    /// Parses and validates what was asked for at `now`, after so many invalidations.
    ///
    /// # Errors
    /// The failure to answer with: always a 400 that names the field.
    pub fn freeze(
        self: &Arc<Self>,
        ticker: &str,
        query: &Query<'_>,
        now: DateTime<Utc>,
        epoch: u64,
    ) -> Result<Request, Failure> {
        let ticker = (self.policy.ticker)(ticker).ok_or_else(|| Failure::invalid_ticker(ticker))?;
        let resolution = query.resolution()?;
        let (range, window) = query.window((self.calendar.market_day)(now), &self.policy)?;
        let window = (self.policy.admit)(window, resolution, &self.policy)?;
        let cache_key = (self.keys.cache_key)(&ticker, resolution, range, window);
        let (schedule, requests) = (OnceLock::new(), Arc::clone(self));
        Ok(Request { ticker, resolution, range, window, now, cache_key, epoch, schedule, requests })
    }
}

/// One request, frozen: nobody changes it afterwards.
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
    /// The invalidation epoch in which it arrived: how many invalidations its instance had seen by then.
    pub epoch: u64,
    schedule: OnceLock<Schedule>,
    requests: Arc<Requests>,
}

/// What the exchange's sessions say of a window. Computed when it is first needed: an answer from memory needs none.
#[derive(Clone)]
struct Schedule {
    /// Those that have begun, oldest first.
    sessions: Arc<[Session]>,
    expected: Arc<[Expected]>,
    fresh_until: DateTime<Utc>,
}

impl Request {
    /// Every candle whose bucket has begun, oldest first.
    pub fn expected(&self) -> &[Expected] {
        &self.schedule().expected
    }

    /// Until when an answer that is complete now stays so.
    pub fn fresh_until(&self) -> DateTime<Utc> {
        self.schedule().fresh_until
    }

    /// Whether a candle lies in the window, by the market's date.
    pub fn includes(&self, stamp: Stamp) -> bool {
        (self.requests.policy.includes)(&self.window, self.day_of(stamp))
    }

    /// The bucket that a candle fills, if the exchange's calendar has one for it.
    pub fn bucket_of(&self, stamp: Stamp) -> Option<Expected> {
        (self.requests.policy.bucket_of)(self, stamp)
    }

    /// The market's date of a candle.
    pub(crate) fn day_of(&self, stamp: Stamp) -> NaiveDate {
        match stamp {
            Stamp::Day(date) => date,
            Stamp::Instant(instant) => (self.requests.calendar.market_day)(instant),
        }
    }

    /// The session of a day of the window, if it has begun.
    fn session_begun(&self, date: NaiveDate) -> Option<Session> {
        let sessions = &self.schedule().sessions;
        sessions.binary_search_by_key(&date, |session| session.date).ok().map(|place| sessions[place])
    }

    /// The same request for daily candles: what stands in when the providers lack intraday data. It keeps its keys,
    /// so it is never taken for a daily request's answer.
    #[must_use]
    pub fn in_days(&self) -> Self {
        Self { resolution: Resolution::Day, schedule: OnceLock::new(), ..self.clone() }
    }

    fn schedule(&self) -> &Schedule {
        self.schedule.get_or_init(|| {
            let sessions = (self.requests.calendar.sessions)(self.window.start, self.window.end);
            Schedule {
                expected: expected::in_sessions(&sessions, self.resolution, self.now),
                fresh_until: fresh_until(&sessions, self.range, self.now, &self.requests.freshness),
                sessions: sessions.into_iter().filter(|session| session.open <= self.now).collect(),
            }
        })
    }
}
