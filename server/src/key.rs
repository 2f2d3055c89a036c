//! The keys: what an answer is called in memory, and where its lock and its candles stand in DynamoDB.
//!
//! Every part of a key comes from the frozen [`Request`]; dates are New York's.

use std::fmt::Write;

use crate::candle::Stamp;
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::{Range, Request, Resolution, Window};

policy! {
    /// What everything is called.
    KeyPolicy "key" {
        functions {
            /// The text that names a request's answer in memory, in headers and in logs: of a ticker, a resolution, a range
            /// and the window that it means.
            cache_key: fn(&str, Resolution, Range, Window) -> String = cache_key,
                decides "ohlc:{TICKER}:{resolution}:{range}:{end date}, or …:custom:{start}:{end}",
                shows [("AAPL", Resolution::Day, Range::Week, week()), ("AAPL", Resolution::Day, Range::Custom, week())],
                from "decisions.md#cache-key";
            /// What requests under way share one look-up by.
            flight_key: fn(&Request) -> String = flight_key, decides "the cache key, the invalidations before, and the last bar and whether it has closed",
                shows [(&request("AAPL", "range=1W", "2026-02-03T22:00:00Z")), (&request("MSFT", "range=1W", "2026-02-03T22:00:00Z"))],
                from "decisions.md#flight-key";
            /// The partition key of a request's lock.
            lock_key: fn(&Request) -> String = lock_key, decides "LOCK#{cache key}",
                shows [(&request("AAPL", "range=1W", "2026-02-03T22:00:00Z")), (&request("AAPL", "range=1M", "2026-02-03T22:00:00Z"))],
                from "decisions.md#lock-key";
            /// The partition key of a ticker's candles.
            partition_key: fn(&str, Provider) -> String = partition_key, decides "{TICKER}#{provider}",
                shows [("AAPL", Provider::Tiingo), ("AAPL", Provider::Finnhub)], from "decisions.md#partition-key";
            /// The sort key of a candle.
            sort_key: fn(Resolution, Stamp) -> String = sort_key, decides "{resolution}#{start of the bucket, UTC}",
                shows [(Resolution::Day, Stamp::Day(day("2026-02-03"))), (Resolution::Hour, Stamp::Day(day("2026-02-03")))],
                from "decisions.md#sort-key";
        }
    }
}

/// `ohlc:{TICKER}:{resolution}:{range}:{end date}`; a custom window names both its dates.
///
/// A colon cannot stand in any part, so no two requests share a key.
pub fn cache_key(ticker: &str, resolution: Resolution, range: Range, window: Window) -> String {
    // Room for the longest, because every request has a key written.
    let mut key = String::with_capacity(48);
    // A String takes all that is written to it.
    let _ = match range {
        Range::Custom => write!(key, "ohlc:{ticker}:{resolution}:custom:{}:{}", window.start, window.end),
        range => write!(key, "ohlc:{ticker}:{resolution}:{range}:{}", window.end),
    };
    key
}

/// Requests that are under way together share one look-up when they would share an answer: with no invalidation between
/// them, and no bar that has begun or closed.
pub fn flight_key(request: &Request) -> String {
    let Request { cache_key, epoch, now, .. } = request;
    let last = request.expected().last().map(|last| (last.stamp, last.closes <= *now));
    format!("{cache_key} after {epoch} invalidations, {last:?}")
}

/// The partition key of the lock: as fine as the cache key, so that no request waits for another's fetch.
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
