//! The keys: what an answer is called in memory, and where its lock and its candles stand in DynamoDB.
//!
//! Every part of a key comes from the frozen [`Request`]; dates are New York's (R5, R14).

use std::fmt::Write;

use chrono::{DateTime, Utc};

use crate::candle::Stamp;
use crate::providers::Provider;
use crate::request::{Range, Request, Resolution};
use crate::rules::Rules;

/// `ohlc:{TICKER}:{resolution}:{range}:{end date}`; a custom window names both its dates.
///
/// A colon cannot stand in any part, so no two requests share a key.
pub fn cache_key(request: &Request) -> String {
    let Request { ticker, resolution, window, .. } = request;
    // Room for the longest, because every request has a key written.
    let mut key = String::with_capacity(48);
    // A String takes all that is written to it.
    let _ = match request.range {
        Range::Custom => write!(key, "ohlc:{ticker}:{resolution}:custom:{}:{}", window.start, window.end),
        range => write!(key, "ohlc:{ticker}:{resolution}:{range}:{}", window.end),
    };
    key
}

/// The key that an answer is kept under, whatever the time is by then: the request's own, frozen at its start (C14).
pub fn kept_under(request: &Request, _now: DateTime<Utc>, _rules: &Rules) -> String {
    request.cache_key.clone()
}

/// Requests that are under way together share one look-up when they would share an answer (D1): with no invalidation
/// between them (F7).
pub fn flight_key(request: &Request) -> String {
    format!("{} after {} invalidations", request.cache_key, request.invalidations)
}

/// The partition key of the lock: as fine as the cache key, so that no request waits for another's fetch (R5).
pub fn lock_key(request: &Request) -> String {
    format!("LOCK#{}", request.cache_key)
}

/// The partition key of a ticker's candles from one provider: `AAPL#tiingo`.
pub fn partition_key(ticker: &str, provider: Provider) -> String {
    format!("{ticker}#{provider}")
}

/// The sort key of a candle: `D#2025-12-23T00:00:00Z`. Sorts by time within a resolution.
pub fn sort_key(resolution: Resolution, stamp: Stamp) -> String {
    format!("{resolution}#{}", stamp.instant().format("%Y-%m-%dT%H:%M:%SZ"))
}
