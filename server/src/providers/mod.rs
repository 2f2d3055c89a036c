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
pub use quote::Harvest;
pub use tiingo::daily_columns;
pub use wire::call;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::error::Failure;
use crate::request::{Request, Resolution};
use crate::rules::Rules;
use crate::settings::Settings;
use crate::telemetry::Metrics;
use finnhub::Finnhub;
use tiingo::Tiingo;
use wire::Wire;

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

/// What a client is told when no provider gave candles: what to do, and nothing about whom we asked (E19).
pub fn failure(problem: ProviderError, request: &Request, rules: &Rules) -> Failure {
    let retry_after = rules.retry_after;
    match problem {
        ProviderError::UnknownTicker => Failure::UnknownTicker { ticker: request.ticker.clone() },
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

/// What is left of the time for which a provider asked to be left alone (E29).
pub fn left_alone(until: DateTime<Utc>, now: DateTime<Utc>) -> Option<Duration> {
    (until - now).to_std().ok().filter(|left| !left.is_zero())
}

/// What a fetch brought.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Who answered.
    pub provider: Provider,
    /// The candles of the window, in order.
    pub harvest: Harvest,
    /// Whether daily candles stand in for intraday ones that no provider has.
    pub in_days: bool,
}

/// The providers that the settings name.
pub struct Providers {
    tiingo: Tiingo,
    finnhub: Option<Finnhub>,
    rules: Arc<Rules>,
}

impl Providers {
    /// Clients for the configured providers. Nothing is connected yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn new(
        settings: &Settings,
        rules: Arc<Rules>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, wire::NoTls> {
        let client = wire::client(rules.provider_timeout, [&settings.tiingo_base_url, &settings.finnhub_base_url])?;
        let wire = |provider, key: &Credential| {
            let (rules, clock, metrics) = (Arc::clone(&rules), Arc::clone(&clock), Arc::clone(&metrics));
            Wire::new(provider, client.clone(), key.clone(), rules, clock, metrics)
        };
        Ok(Self {
            tiingo: Tiingo::new(&settings.tiingo_base_url, wire(Provider::Tiingo, &settings.tiingo_key)),
            finnhub: settings
                .finnhub_key
                .as_ref()
                .map(|key| Finnhub::new(&settings.finnhub_base_url, wire(Provider::Finnhub, key))),
            rules,
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
    /// The preferred provider's, when no other could answer either.
    pub async fn fetch(&self, request: &Request) -> Result<Fetched, ProviderError> {
        let failed = match self.tiingo.candles(request, &self.rules).await {
            Ok(harvest) if !harvest.candles.is_empty() || request.resolution == Resolution::Day => {
                return Ok(Fetched { provider: Provider::Tiingo, harvest, in_days: false });
            }
            // No intraday data: an answer of its own, which Finnhub may better.
            Ok(_) => None,
            Err(failed) if !(self.rules.falls_back)(failed, request.resolution) => return Err(failed),
            Err(ProviderError::UnknownTicker) => None,
            Err(failed) => Some(failed),
        };
        if let Some(finnhub) = &self.finnhub
            && let Ok(harvest) = finnhub.candles(request, &self.rules).await
            && !harvest.candles.is_empty()
        {
            return Ok(Fetched { provider: Provider::Finnhub, harvest, in_days: false });
        }
        match failed {
            Some(failed) => Err(failed),
            None => {
                let harvest = self.tiingo.candles(&request.in_days(), &self.rules).await?;
                Ok(Fetched { provider: Provider::Tiingo, harvest, in_days: true })
            }
        }
    }
}
