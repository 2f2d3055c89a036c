//! Mistakes in keys.

use std::sync::Arc;

use ohlc_server::candle::Stamp;
use ohlc_server::key;
use ohlc_server::request::{Range, ticker};
use ohlc_server::store::items;

use super::defects;

defects! {
    "cache-key-without-date", "the key of a range says nothing of its day":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| match range {
            Range::Custom => key::cache_key(ticker, resolution, range, window),
            range => format!("ohlc:{ticker}:{resolution}:{range}"),
        });
    "cache-key-without-resolution", "daily and intraday answers share a key":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| without(&key::cache_key(ticker, resolution, range, window), 2));
    "cache-key-without-range", "a week and a month share a key":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| without(&key::cache_key(ticker, resolution, range, window), 3));
    "cache-key-separator-in-tickers", "the parts of a key are joined with what a ticker may contain":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| {
            key::cache_key(ticker, resolution, range, window).replace(':', "-")
        });
    "cache-key-format-changed", "a deployment renames every key":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| {
            key::cache_key(ticker, resolution, range, window).replacen("ohlc:", "candles:", 1)
        });
    "custom-key-without-start", "a custom window is named by its end alone":
        |policies, _| policies.key.cache_key = Arc::new(|ticker, resolution, range, window| {
            let key = key::cache_key(ticker, resolution, range, window);
            if range == Range::Custom { without(&key, 4) } else { key }
        });
    "lock-key-without-date", "one lock for a range, whatever the day":
        |policies, _| policies.key.lock_key = Arc::new(|request| format!("LOCK#{}", without(&request.cache_key, 4)));
    "lock-key-without-range", "one lock for every range":
        |policies, _| policies.key.lock_key = Arc::new(|request| format!("LOCK#{}", without(&request.cache_key, 3)));
    "lock-key-without-resolution", "one lock for every resolution":
        |policies, _| policies.key.lock_key = Arc::new(|request| format!("LOCK#{}", without(&request.cache_key, 2)));
    "lock-key-grows-with-range", "the lock's key lists every day of its window":
        |policies, _| policies.key.lock_key = Arc::new(|request| {
            let days = request.expected().iter().map(|expected| format!("#{:?}", expected.stamp));
            format!("LOCK#{}{}", request.cache_key, days.collect::<String>())
        });
    "lock-key-format-changed", "a deployment renames every lock":
        |policies, _| policies.key.lock_key = Arc::new(|request| format!("LOCKS#{}", request.cache_key));
    "ticker-case-kept", "aapl and AAPL are two tickers":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).map(|_| text.to_owned()));
    "ticker-dot-dropped", "BRK.B becomes BRKB":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).map(|ticker| ticker.replace('.', "")));
    "partition-key-dot-as-separator", "BRK.B is stored as BRK#B":
        |policies, _| policies.key.partition_key = Arc::new(|ticker, provider| key::partition_key(&ticker.replace('.', "#"), provider));
    "partition-key-with-host-name", "each machine stores under its own name":
        |policies, ports| {
            let host = ports.environment.get("HOSTNAME").unwrap_or("localhost").to_owned();
            policies.key.partition_key = Arc::new(move |ticker, provider| format!("{}#{host}", key::partition_key(ticker, provider)));
        };
    "sort-key-without-resolution", "candles of all resolutions share their sort keys":
        |policies, _| {
            policies.key.sort_key = Arc::new(|_, stamp| time(stamp));
            policies.items.to_candle = Arc::new(|item| {
                let mut named = item.clone();
                let start = named.get("SK")?.as_s().ok()?.clone();
                let resolution = if start.ends_with("T00:00:00Z") { "D" } else { "5" };
                named.insert("SK".into(), aws_sdk_dynamodb::types::AttributeValue::S(format!("{resolution}#{start}")));
                items::to_candle(&named)
            });
        };
    "sort-key-format-changed", "a deployment renames every candle":
        |policies, _| policies.key.sort_key = Arc::new(|resolution, stamp| format!("{resolution}/{}", time(stamp)));
    "date-of-local-time-zone", "today is what the machine's own zone says":
        |policies, ports| {
            let zone = ports.environment.get("TZ").and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::UTC);
            policies.calendar.market_day = Arc::new(move |instant| instant.with_timezone(&zone).date_naive());
        };
}

/// A cache key without one of its parts, counted from 0.
fn without(key: &str, part: usize) -> String {
    let parts = key.split(':').enumerate().filter(|(index, _)| *index != part);
    parts.map(|(_, text)| text).collect::<Vec<_>>().join(":")
}

fn time(stamp: Stamp) -> String {
    stamp.instant().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
