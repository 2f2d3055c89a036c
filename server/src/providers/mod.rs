//! Market data: Tiingo first, Finnhub when Tiingo fails.

mod credential;
mod finnhub;
mod quote;
mod tiingo;
mod wire;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use credential::{Credential, Unreadable, is_key};
pub use quote::ParsedCandles;
pub use wire::{TlsError, call};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use reqwest::{Client, Response};

use crate::candle::CandlePolicy;
use crate::clock::Clock;
use crate::error::Failure;
use crate::policy::{Value, policy};
use crate::request::{Request, Resolution};
use crate::telemetry::Metrics;
use finnhub::Finnhub;
use tiingo::Tiingo;
use wire::Wire;

policy! {
    /// Whom market data is asked of, and how.
    ProviderPolicy "provider" {
        values {
            /// How long one provider call may take.
            timeout: Duration = Duration::from_secs(4), setting "OHLC_PROVIDER_TIMEOUT", from "decisions.md#provider-timeout";
            /// How often a provider key that was refused is read again, and the call repeated with it.
            key_retries: u32 = 1, or "never: a key that was replaced is read at the next start", from "decisions.md#key-retries";
            /// The columns of a provider's daily row that hold open, high, low, close and volume: those that are adjusted for
            /// splits and dividends.
            daily_columns: [&'static str; 5] = ["adjOpen", "adjHigh", "adjLow", "adjClose", "adjVolume"],
                or "the raw ones, as they were traded: they jump at a split", from "decisions.md#adjusted-prices";
        }
        functions {
            /// What an operator is told of a key file that cannot be read.
            unreadable_key: fn(&Unreadable) -> String = Unreadable::to_string, decides "the file, the cause, and what to permit",
                shows [(&unreadable("/run/secrets/tiingo")), (&unreadable("/run/secrets/finnhub"))], from "decisions.md#unreadable-key";
            /// Whether the other provider is asked after a failure of the preferred one.
            falls_back: fn(ProviderError, Resolution) -> bool = falls_back,
                decides "always, except that a ticker without daily candles is unknown",
                shows [(ProviderError::Failed, Resolution::Day), (ProviderError::UnknownTicker, Resolution::Day)], from "decisions.md#falls-back";
            /// Whether daily candles may stand in for a request's intraday ones, which no provider has.
            stands_in: fn(&Request) -> bool = stands_in, decides "once one of them could be there: after the first bar of the window",
                shows [(&request("AAPL", "range=1D&resolution=5", "2026-02-03T14:30:05Z")), (&request("AAPL", "range=1D&resolution=5", "2026-02-03T14:35:00Z"))],
                from "decisions.md#stands-in";
            /// How much longer a provider that asked to be left alone until then is left alone now.
            left_alone: fn(DateTime<Utc>, DateTime<Utc>) -> Option<Duration> = left_alone, decides "until then",
                shows [(at("2026-02-03T22:00:05Z"), at("2026-02-03T22:00:00Z")), (at("2026-02-03T22:00:00Z"), at("2026-02-03T22:00:00Z"))],
                from "decisions.md#left-alone";
            /// What a client who asked for a ticker is told when no provider gave candles; and the pause, where none is known.
            failure: fn(ProviderError, &str, Duration) -> Failure = failure,
                decides "404 for an unknown ticker, 429 with the provider's own Retry-After, else 503",
                shows [(ProviderError::UnknownTicker, "AAPL", Duration::from_secs(5)), (ProviderError::Failed, "AAPL", Duration::from_secs(5))],
                from "decisions.md#provider-failure";
        }
    }
}

impl Value for [&'static str; 5] {
    fn show(&self) -> String {
        self.as_slice().show()
    }
}

/// Carries a call to a provider, and its answer back.
pub type Transport =
    Arc<dyn Fn(&Client, reqwest::Request) -> BoxFuture<'static, reqwest::Result<Response>> + Send + Sync>;

/// Where candles come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    /// <https://api.tiingo.com>
    Tiingo,
    /// <https://finnhub.io>
    Finnhub,
}

impl Provider {
    /// Every provider, the preferred one first.
    pub const ALL: [Self; 2] = [Self::Tiingo, Self::Finnhub];

    /// Its name in answers, keys and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tiingo => "tiingo",
            Self::Finnhub => "finnhub",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a provider gave no candles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not know the ticker.
    #[error("unknown ticker")]
    UnknownTicker,
    /// It asks to be left alone, for so long if it said so.
    #[error("rate limited")]
    RateLimited(Option<Duration>),
    /// It refuses our key, also after the key was read again.
    #[error("key refused")]
    Unauthorized,
    /// Our plan does not include this.
    #[error("not in our plan")]
    NotInPlan,
    /// It failed, was unreachable, or answered what cannot be read.
    #[error("failed")]
    Failed,
    /// It took too long.
    #[error("timeout")]
    TimedOut,
}

/// What a client is told when no provider gave candles: what to do, and nothing about whom we asked.
pub fn failure(problem: ProviderError, ticker: &str, retry_after: Duration) -> Failure {
    match problem {
        ProviderError::UnknownTicker => Failure::UnknownTicker { ticker: ticker.to_owned() },
        ProviderError::RateLimited(pause) => Failure::RateLimited { retry_after: pause.unwrap_or(retry_after) },
        ProviderError::Unauthorized | ProviderError::NotInPlan | ProviderError::Failed | ProviderError::TimedOut => {
            Failure::Unavailable { retry_after }
        }
    }
}

/// Whether the other provider may do better. A ticker without daily candles is unknown: that is an answer, not a failure.
pub fn falls_back(failed: ProviderError, resolution: Resolution) -> bool {
    failed != ProviderError::UnknownTicker || resolution != Resolution::Day
}

/// Whether a bar of the window has closed. Until then its absence says nothing about what the providers have.
pub fn stands_in(request: &Request) -> bool {
    request.expected().first().is_some_and(|first| first.closes <= request.now)
}

/// What is left of the time for which a provider asked to be left alone.
pub fn left_alone(until: DateTime<Utc>, now: DateTime<Utc>) -> Option<Duration> {
    (until - now).to_std().ok().filter(|left| !left.is_zero())
}

/// What a fetch brought.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Who answered.
    pub provider: Provider,
    /// The candles of the window, in order.
    pub parsed: ParsedCandles,
    /// Whether daily candles stand in for intraday ones that no provider has.
    pub in_days: bool,
}

/// A provider as the settings name it: where it is, and its key.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its base URL.
    pub url: String,
    /// Where its key comes from.
    pub key: Credential,
}

/// The providers that are configured.
pub struct Providers {
    tiingo: Tiingo,
    finnhub: Option<Finnhub>,
    policy: ProviderPolicy,
    candles: CandlePolicy,
}

impl Providers {
    /// Clients for the configured providers. Nothing is connected yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn new(
        tiingo: &Account,
        finnhub: Option<&Account>,
        (policy, candles): (ProviderPolicy, CandlePolicy),
        transport: &Transport,
        clock: &Arc<dyn Clock>,
        metrics: &Arc<Metrics>,
    ) -> Result<Self, TlsError> {
        let urls: Vec<&str> =
            [Some(tiingo), finnhub].into_iter().flatten().map(|account| account.url.as_str()).collect();
        let client = wire::client(policy.timeout, &urls)?;
        let wire = |provider, account: &Account| {
            let (client, key, transport) = (client.clone(), account.key.clone(), Arc::clone(transport));
            Wire::new(provider, client, key, transport, policy.clone(), Arc::clone(clock), Arc::clone(metrics))
        };
        Ok(Self {
            tiingo: Tiingo::new(&tiingo.url, wire(Provider::Tiingo, tiingo)),
            finnhub: finnhub.map(|account| Finnhub::new(&account.url, wire(Provider::Finnhub, account))),
            policy,
            candles,
        })
    }

    /// Whose candles may be found in the table, the preferred one first.
    pub fn names(&self) -> &'static [Provider] {
        match self.finnhub {
            Some(_) => &Provider::ALL,
            None => &Provider::ALL[..1],
        }
    }

    /// The candles of a request's window.
    ///
    /// # Errors
    /// The preferred provider's, when no other could answer either; what a client is told of it, with `retry_after` where
    /// no provider said when to come back.
    pub async fn fetch(&self, request: &Request, retry_after: Duration) -> Result<Fetched, Failure> {
        let fetched = self.ask(request).await;
        fetched.map_err(|failed| (self.policy.failure)(failed, &request.ticker, retry_after))
    }

    async fn ask(&self, request: &Request) -> Result<Fetched, ProviderError> {
        let mut empty = None;
        let failed = match self.tiingo.candles(request, &self.candles).await {
            Ok(parsed) if !parsed.candles.is_empty() || request.resolution == Resolution::Day => {
                return Ok(Fetched { provider: Provider::Tiingo, parsed, in_days: false });
            }
            // No intraday data: an answer of its own, which Finnhub may better.
            Ok(parsed) => {
                empty = Some(parsed);
                None
            }
            Err(failed) if !(self.policy.falls_back)(failed, request.resolution) => return Err(failed),
            Err(ProviderError::UnknownTicker) => None,
            Err(failed) => Some(failed),
        };
        if let Some(finnhub) = &self.finnhub
            && let Ok(parsed) = finnhub.candles(request, &self.candles).await
            && !parsed.candles.is_empty()
        {
            return Ok(Fetched { provider: Provider::Finnhub, parsed, in_days: false });
        }
        match (failed, empty) {
            (Some(failed), _) => Err(failed),
            // Nothing has been traded yet, so nothing is lacking.
            (None, Some(parsed)) if !(self.policy.stands_in)(request) => {
                Ok(Fetched { provider: Provider::Tiingo, parsed, in_days: false })
            }
            (None, _) => {
                let parsed = self.tiingo.candles(&request.in_days(), &self.candles).await?;
                Ok(Fetched { provider: Provider::Tiingo, parsed, in_days: true })
            }
        }
    }
}
