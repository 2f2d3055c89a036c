//! An answer: its body is written once, when its candles arrive, and shared from then on.

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::candle::{Candle, CandlePolicy};
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::{Request, Resolution};

policy! {
    /// What an answer says of itself.
    AnswerPolicy "answer" {
        functions {
            /// How old an answer is, in whole seconds.
            age: fn(&Request, &Answer) -> i64 = age, decides "since its candles were fetched",
                shows [(&request("AAPL", "range=1W", "2026-02-03T22:00:00Z"), &answer()), (&request("AAPL", "range=1W", "2026-02-03T22:05:00Z"), &answer())],
                from "decisions.md#age";
        }
    }
}

/// Where an answer came from, as `X-Cache-Source` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The memory of this instance.
    InMemory,
    /// The table.
    DynamoDb,
    /// A provider, just now.
    Provider(Provider),
    /// A cache, past its freshness, because nothing better was at hand.
    Stale,
    /// Nowhere: there was nothing to ask for.
    Nowhere,
}

impl Source {
    /// Its name in headers and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::InMemory => "in-memory",
            Self::DynamoDb => "dynamodb",
            Self::Provider(provider) => provider.name(),
            Self::Stale => "stale",
            Self::Nowhere => "none",
        }
    }
}

/// What an answer is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Its candles, oldest first.
    pub candles: &'a [Candle],
    /// Whose candles they are; nobody's, when none were to be expected.
    pub provider: Option<Provider>,
    /// When they were fetched.
    pub fetched_at: DateTime<Utc>,
    /// Until when the answer holds.
    pub fresh_until: DateTime<Utc>,
    /// Whether daily candles stand in for intraday ones.
    pub in_days: bool,
}

/// A rendered answer. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The ticker that it is about.
    pub ticker: String,
    /// When its candles were fetched.
    pub fetched_at: DateTime<Utc>,
    /// Until when it is fresh.
    pub fresh_until: DateTime<Utc>,
    body: Bytes,
}

/// The body of a 200.
#[derive(Debug, Serialize, ToSchema)]
pub struct OhlcAnswer<'a> {
    /// In upper case.
    #[schema(example = "AAPL")]
    ticker: &'a str,
    /// The range asked for, or `custom`.
    #[schema(example = "1W")]
    time_range: &'static str,
    /// The resolution of the candles.
    #[schema(example = "D")]
    resolution: &'static str,
    /// Whether daily candles stand in for intraday ones that the providers lack.
    resolution_fallback: bool,
    /// Says so in words.
    fallback_message: Option<String>,
    /// The window that was asked for: New York's first date.
    #[schema(value_type = String, format = Date)]
    start_date: NaiveDate,
    /// Its last date.
    #[schema(value_type = String, format = Date)]
    end_date: NaiveDate,
    /// How many candles follow.
    count: usize,
    /// The provider that the candles are from; `none` for a window without trading.
    #[schema(example = "tiingo")]
    source: &'static str,
    /// When the answer stops being fresh, in UTC; for one that is stale, when it did.
    #[schema(format = DateTime)]
    cache_expires_at: String,
    /// Whether it already has.
    stale: bool,
    /// Oldest first.
    #[schema(value_type = Vec<CandleSchema>)]
    candles: [(); 0],
}

/// One candle.
#[derive(ToSchema)]
#[schema(as = Candle)]
#[expect(dead_code, reason = "documents what candle::write_json writes; numbers there never pass through f64")]
pub(crate) struct CandleSchema {
    /// A New York date, or the UTC instant at which the bucket began.
    #[schema(example = "2026-02-03T14:30:00Z")]
    date: String,
    open: f64,
    high: f64,
    low: f64,
    close: f64,
    volume: u64,
}

/// The whole seconds since an answer's candles were fetched, wherever they have been since.
pub fn age(request: &Request, answer: &Answer) -> i64 {
    (request.now - answer.fetched_at).num_seconds().max(0)
}

/// How a body says until when it is fresh, and whether it is so no more.
fn freshness(until: DateTime<Utc>, stale: bool) -> String {
    format!(r#""cache_expires_at":"{}","stale":{stale}"#, in_seconds(until))
}

fn in_seconds(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Answer {
    /// Renders the answer to a request.
    pub fn new(request: &Request, parts: &Parts<'_>, policy: &CandlePolicy) -> Arc<Self> {
        let shown = if parts.in_days { Resolution::Day } else { request.resolution };
        let head = OhlcAnswer {
            ticker: &request.ticker,
            time_range: request.range.name(),
            resolution: shown.name(),
            resolution_fallback: parts.in_days,
            fallback_message: parts
                .in_days
                .then(|| format!("no intraday candles are available for {}; these are daily ones", request.ticker)),
            start_date: request.window.start,
            end_date: request.window.end,
            count: parts.candles.len(),
            source: parts.provider.map_or("none", Provider::name),
            cache_expires_at: in_seconds(parts.fresh_until),
            stale: false,
            candles: [],
        };
        // It stays in memory for long, so it keeps no room to grow.
        let body = render(&head, parts.candles, policy).into_boxed_slice();
        let Parts { fetched_at, fresh_until, .. } = *parts;
        Arc::new(Self { ticker: request.ticker.clone(), fetched_at, fresh_until, body: body.into() })
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.ticker.len() + self.body.len()
    }

    /// The body to send.
    pub fn body(&self) -> Bytes {
        self.body.clone()
    }

    /// The same answer, which says that it has been stale since then. The caches hold fresh ones only.
    pub fn stale(&self, since: DateTime<Utc>) -> Arc<Self> {
        let (told, now) = (freshness(self.fresh_until, false), freshness(since, true));
        let body = String::from_utf8_lossy(&self.body).replacen(&told, &now, 1).into();
        Arc::new(Self { ticker: self.ticker.clone(), fresh_until: since, body, ..*self })
    }
}

/// The body, with the candles written straight into it: a long answer is never held twice.
fn render(head: &OhlcAnswer<'_>, candles: &[Candle], policy: &CandlePolicy) -> Vec<u8> {
    // About what one candle takes, so that a long answer does not grow by doubling.
    let mut body = Vec::with_capacity(512 + candles.len() * 112);
    // Nothing in the head fails to become JSON.
    let _ = serde_json::to_writer(&mut body, head);
    // The candles come last, so they go between its last two brackets.
    body.truncate(body.len().saturating_sub("]}".len()));
    for (index, candle) in candles.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body = (policy.json)(candle, &(policy.stamp_text)(candle.stamp), body);
    }
    body.extend_from_slice(b"]}");
    body
}
