//! Mistakes that give away what nobody should see.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::types::AttributeValue;
use ohlc_server::key;
use ohlc_server::providers;
use ohlc_server::rules::Rules;
use ohlc_server::store::items;
use tracing::debug;

use super::defects;

defects! {
    "provider-key-logged", "the headers of a provider call are logged":
        |rules, _| log_calls(rules, |authorization| debug!(authorization, "asking a provider"));
    "provider-key-logged-in-base64", "the headers of a provider call are logged, encoded":
        |rules, _| log_calls(rules, |authorization| {
            use base64::Engine;
            let header = base64::engine::general_purpose::STANDARD.encode(authorization);
            debug!(header, "asking a provider");
        });
    "url-with-the-key-logged", "the key goes into the URL, and the URL into the log":
        |rules, _| log_calls(rules, |authorization| {
            debug!(url = format!("https://api.example/prices?token={authorization}"), "asking a provider");
        });
    "visitors-headers-logged", "what a visitor sends is logged with all its headers":
        |rules, _| {
            let arrival = Arc::clone(&rules.arrival);
            rules.arrival = Arc::new(move |headers, now| {
                debug!(?headers, "a request");
                arrival(headers, now)
            });
        };
    "key-file-logged", "a key file is logged with what it holds":
        |rules, environment| {
            let file = environment.get("TIINGO_API_KEY_FILE").unwrap_or_default().to_owned();
            let arrival = Arc::clone(&rules.arrival);
            rules.arrival = Arc::new(move |headers, now| {
                debug!(key = std::fs::read(&file).unwrap_or_default().trim_ascii_end(), "a key");
                arrival(headers, now)
            });
        };
    "token-in-the-cache-key", "each visitor has answers of his own, under his token":
        |rules, _| {
            let token = last_header(rules, "authorization");
            rules.cache_key = Arc::new(move |request| format!("{}:{}", key::cache_key(request), token()));
        };
    "token-in-the-partition-key", "each visitor has candles of his own, under his token":
        |rules, _| {
            let token = last_header(rules, "authorization");
            rules.partition_key = Arc::new(move |ticker, provider| format!("{}#{}", key::partition_key(ticker, provider), token()));
        };
    "visitor-in-the-lock-key", "a lock says who made it necessary":
        |rules, _| {
            let user = last_header(rules, "x-user");
            rules.lock_key = Arc::new(move |request| format!("{}#{}", key::lock_key(request), user()));
        };
    "visitor-stored-with-the-candle", "a candle says who asked for it first":
        |rules, _| store_header(rules, "x-user", "requested_by");
    "address-stored-with-the-candle", "a candle says from where it was asked for first":
        |rules, _| store_header(rules, "x-forwarded-for", "address");
    "debug-output-told", "a visitor is told how the program names his failure":
        |rules, _| rules.told = Arc::new(|failure| format!("Err({failure:?})"));
    "panic-told-with-its-place", "a visitor is told where the program broke":
        |rules, _| rules.told = Arc::new(|failure| format!("{failure}\nthread 'worker' panicked at pipeline.rs:61:9"));
    "internal-error-kept", "a 500 is kept and served again":
        |rules, _| rules.kept_failure = Arc::new(|_| true);
    "cause-told", "a visitor is told what DynamoDB said":
        |rules, environment| {
            let table = environment.get("OHLC_CACHE_TABLE").unwrap_or_default().to_owned();
            rules.told = Arc::new(move |failure| format!("{failure}: table {table} did not answer"));
        };
    "source-path-told", "a visitor is told where in the source it happened":
        |rules, _| rules.told = Arc::new(|failure| format!("{failure} (server/src/pipeline)"));
}

/// Lets `log` see the credentials of every provider call.
fn log_calls(rules: &mut Rules, log: impl Fn(&str) + Send + Sync + 'static) {
    rules.provider_call = Arc::new(move |client, call| {
        let header = call.headers().get("authorization").or_else(|| call.headers().get("x-finnhub-token"));
        log(&header.map(|header| String::from_utf8_lossy(header.as_bytes()).into_owned()).unwrap_or_default());
        providers::call(client, call)
    });
}

/// A header of the last request that arrived.
fn last_header(rules: &mut Rules, name: &'static str) -> impl Fn() -> String + Send + Sync + 'static {
    let last = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&last);
    let arrival = Arc::clone(&rules.arrival);
    rules.arrival = Arc::new(move |headers, now| {
        let header = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        header.clone_into(&mut seen.lock().unwrap_or_else(PoisonError::into_inner));
        arrival(headers, now)
    });
    move || last.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn store_header(rules: &mut Rules, header: &'static str, attribute: &'static str) {
    let value = last_header(rules, header);
    rules.candle_to_item = Arc::new(move |stored, rules| {
        let mut item = items::from_candle(stored, rules);
        item.insert(attribute.into(), AttributeValue::S(value()));
        item
    });
}
