//! Warming: fills the table before the open with what the first clients will ask for.
//!
//! Each key is looked up as a client's request would be, through the same pipeline: so it stands where clients read it,
//! and what is there already costs no provider call. A key counts as warm only when a strongly consistent look into the
//! table finds its whole window.

use std::fmt;
use std::sync::Arc;

use futures_util::FutureExt;
use tracing::{Instrument, error, info, info_span};
use uuid::Uuid;

use crate::answer::Source;
use crate::clock::Clock;
use crate::error::Failure;
use crate::l1::L1;
use crate::look_up::Pipeline;
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::{Query, Request, Requests, Resolution};
use crate::store::{Staleness, Windows};

policy! {
    /// What is warmed.
    WarmingPolicy "warming" {
        functions {
            /// What warming asks for a ticker at a resolution, as a query.
            asks: fn(Resolution) -> String = asks, decides "what a client asks who names no range",
                shows [(Resolution::Day), (Resolution::FiveMinutes)], from "decisions.md#warming";
        }
    }
}

/// The tickers that are warmed when none are named.
pub const TICKERS: [&str; 7] = ["AAPL", "MSFT", "GOOG", "AMZN", "TSLA", "META", "NVDA"];
/// The resolutions that are warmed of each.
pub const RESOLUTIONS: [Resolution; 3] = [Resolution::Day, Resolution::FiveMinutes, Resolution::QuarterHour];

/// What a client asks who names no range, at present the month that ends today. Shorter ranges of the same resolution are
/// read from the same candles.
pub fn asks(resolution: Resolution) -> String {
    format!("resolution={resolution}")
}

/// One key, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warmed {
    /// The cache key, or the ticker and resolution when they make none.
    pub key: String,
    /// What came of it.
    pub outcome: Warmth,
}

/// What came of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warmth {
    /// The table held it already.
    Already,
    /// It was fetched and is in the table now.
    Fetched(Provider),
    /// The window holds no session that has begun, so there is nothing to keep.
    Nothing,
    /// It is not in the table, for this reason.
    Cold(String),
}

impl fmt::Display for Warmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, outcome } = self;
        match outcome {
            Warmth::Already => write!(f, "{key}: warm already"),
            Warmth::Fetched(provider) => write!(f, "{key}: fetched from {provider}"),
            Warmth::Nothing => write!(f, "{key}: nothing was traded yet"),
            Warmth::Cold(reason) => write!(f, "{key}: could not be warmed: {reason}"),
        }
    }
}

/// What came of all keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Fetched, and in the table now.
    pub fetched: usize,
    /// Warm already, or without anything to keep.
    pub already: usize,
    /// Not in the table.
    pub cold: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fetched, already, cold } = self;
        let all = fetched + already + cold;
        write!(f, "{all} keys: {fetched} fetched, {already} warm already, {cold} could not be warmed")
    }
}

/// Warms one key after the other, so that the provider is not flooded.
pub(crate) struct Warming {
    pub(crate) policy: WarmingPolicy,
    pub(crate) requests: Arc<Requests>,
    pub(crate) memory: Arc<L1>,
    pub(crate) pipeline: Arc<Pipeline>,
    pub(crate) windows: Arc<Windows>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Warming {
    /// Warms every resolution of these tickers; `told` hears of each key when it is done.
    pub(crate) async fn warm(&self, tickers: &[String], mut told: impl FnMut(&Warmed)) -> Summary {
        let mut summary = Summary::default();
        for ticker in tickers {
            for resolution in RESOLUTIONS {
                let warmed = self.warm_one(ticker, resolution).await;
                match warmed.outcome {
                    Warmth::Already | Warmth::Nothing => summary.already += 1,
                    Warmth::Fetched(_) => summary.fetched += 1,
                    Warmth::Cold(_) => summary.cold += 1,
                }
                told(&warmed);
            }
        }
        summary
    }

    async fn warm_one(&self, ticker: &str, resolution: Resolution) -> Warmed {
        let request = match self.request(ticker, resolution) {
            Ok(request) => Arc::new(request),
            Err(refused) => {
                return Warmed { key: format!("{ticker} at {resolution}"), outcome: Warmth::Cold(refused.to_string()) };
            }
        };
        let span = info_span!(
            "request",
            request_id = Uuid::new_v4().to_string(),
            ticker = request.ticker,
            resolution = request.resolution.name(),
            cache_key = request.cache_key,
        );
        let outcome = async {
            let outcome = self.warm_up(&request).await;
            match &outcome {
                Warmth::Cold(reason) => error!(reason, outcome = "not_warmed", "a key could not be warmed"),
                _ => info!(outcome = "warmed", "a key is warm"),
            }
            outcome
        };
        Warmed { key: request.cache_key.clone(), outcome: outcome.instrument(span).await }
    }

    fn request(&self, ticker: &str, resolution: Resolution) -> Result<Request, Failure> {
        let query = (self.policy.asks)(resolution);
        self.requests.freeze(ticker, &Query::parse(&query)?, self.clock.now(), self.memory.epoch())
    }

    async fn warm_up(&self, request: &Arc<Request>) -> Warmth {
        if request.expected().is_empty() {
            return Warmth::Nothing;
        }
        // Boxed, because the whole way to an answer lies within.
        let look_up = Arc::clone(&self.pipeline).look_up(Arc::clone(request)).boxed();
        let found = match look_up.await {
            Ok(found) => found,
            Err(failure) => return Warmth::Cold(failure.to_string()),
        };
        let Source::Provider(provider) = found.source else { return Warmth::Already };
        // Whether it failed shows in the look.
        let _ = found.written.await;
        match self.windows.complete(request, true, Staleness::Refused).await {
            Ok(Some(_)) => Warmth::Fetched(provider),
            Ok(None) => Warmth::Cold(format!("{provider} answered, but the table does not hold the whole window")),
            Err(cause) => Warmth::Cold(format!("{provider} answered, but the table cannot be read back: {cause}")),
        }
    }
}
