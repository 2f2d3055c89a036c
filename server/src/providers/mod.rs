//! Market data: Tiingo first, Finnhub when Tiingo fails.

mod body;
mod clients;
mod credential;
mod error;
mod finnhub;
mod json;
mod patience;
mod quote;
mod room;
mod tiingo;
mod wire;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use clients::{TlsError, call};
pub use credential::{Credential, Unreadable, is_key};
pub use error::{ProviderError, failure, falls_back};
pub use finnhub::aligned;
pub use patience::patience;
pub use quote::ParsedCandles;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::{Client, Response, StatusCode};

use crate::candle::CandlePolicy;
use crate::clock::Clock;
use crate::error::Failure;
use crate::policy::{Bytes, Value, policy};
use crate::request::{Request, Resolution};
use crate::telemetry::Metrics;
use clients::Clients;
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
            /// How long a body may be, coded and decoded. A longer one is not read.
            bytes: Bytes = Bytes::mebi(64), setting "OHLC_PROVIDER_BYTES", from "decisions.md#provider-bytes";
            /// How long all answers that are being read may be together.
            together: Bytes = Bytes::mebi(256), setting "OHLC_PROVIDER_BYTES_TOGETHER", from "decisions.md#answers-together";
            /// What counts as a short answer, which waits for no long one.
            short: Bytes = Bytes::mebi(1), or "none is: each takes the room of the longest", from "decisions.md#answers-together";
            /// How many rows an answer may have.
            rows: u32 = 200_000, setting "OHLC_PROVIDER_ROWS", from "decisions.md#provider-rows";
            /// What a body may be coded in. It is asked for, and read also if it was not.
            codings: &'static [&'static str] = &["gzip", "deflate"], or "nothing: a proxy that compresses unasked cannot be read", from "decisions.md#codings";
            /// How often a call is sent again, on a new connection, when the connection ends under it.
            resends: u32 = 1, or "never: what was closed while nobody looked fails the next call", from "decisions.md#resends";
            /// For how long a provider is left alone at most.
            longest_patience: Duration = Duration::from_secs(3_600), setting "OHLC_LONGEST_PATIENCE", from "decisions.md#longest-patience";
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
            /// For how long an answer with this status and these headers asks to be left alone at this instant; and the pause for one
            /// that limits us and does not say.
            patience: fn(StatusCode, &HeaderMap, DateTime<Utc>, Duration) -> Option<Duration> = patience,
                decides "a 429: Retry-After as seconds or date, else X-Ratelimit-Reset, else the pause; a 503: its Retry-After",
                shows [(StatusCode::TOO_MANY_REQUESTS, &headers("retry-after", "299.997"), at("2026-02-03T22:00:00Z"), Duration::from_secs(5)),
                    (StatusCode::TOO_MANY_REQUESTS, &headers("retry-after", "soon"), at("2026-02-03T22:00:00Z"), Duration::from_secs(5))],
                from "decisions.md#patience";
            /// Whether an answer says nothing, though it has rows.
            says_nothing: fn(&ParsedCandles) -> bool = ParsedCandles::says_nothing, decides "if every candle of the window was left out",
                shows [(&ParsedCandles { candles: Vec::new(), rejected: 1 }), (&ParsedCandles { candles: Vec::new(), rejected: 0 })],
                from "decisions.md#says-nothing";
            /// Whether the values of columns belong to the times beside which they stand, given how many there are.
            aligned: fn(usize, &[usize]) -> bool = aligned, decides "if each column that is there has as many as there are times",
                shows [(2, &[2, 2]), (2, &[2, 1])], from "decisions.md#aligned";
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
    /// What a client is told to wait when no provider says for how long.
    retry_after: Duration,
}

impl Providers {
    /// Clients for the configured providers. Nothing is connected yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn new(
        tiingo: &Account,
        finnhub: Option<&Account>,
        (policy, candles, retry_after): (ProviderPolicy, CandlePolicy, Duration),
        transport: &Transport,
        clock: &Arc<dyn Clock>,
        metrics: &Arc<Metrics>,
    ) -> Result<Self, TlsError> {
        let urls: Vec<&str> =
            [Some(tiingo), finnhub].into_iter().flatten().map(|account| account.url.as_str()).collect();
        let clients = Clients::new(&policy, &urls)?;
        let wire = |provider, account: &Account| {
            let (clients, key, transport) = (clients.clone(), account.key.clone(), Arc::clone(transport));
            let (decides, clock, metrics) = ((policy.clone(), retry_after), Arc::clone(clock), Arc::clone(metrics));
            Wire::new(provider, clients, key, transport, decides, clock, metrics)
        };
        Ok(Self {
            tiingo: Tiingo::new(&tiingo.url, wire(Provider::Tiingo, tiingo)),
            finnhub: finnhub.map(|account| Finnhub::new(&account.url, wire(Provider::Finnhub, account))),
            policy,
            candles,
            retry_after,
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
    /// The preferred provider's, when no other could answer either; what a client is told of it.
    pub async fn fetch(&self, request: &Request) -> Result<Fetched, Failure> {
        let fetched = self.ask(request).await;
        fetched.map_err(|failed| (self.policy.failure)(failed, &request.ticker, self.retry_after))
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
