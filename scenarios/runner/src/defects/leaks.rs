//! Mistakes that give away what nobody should see.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::types::AttributeValue;
use ohlc_server::error::Failure;
use ohlc_server::store::items;
use ohlc_server::{Policies, Ports, key};
use reqwest::Url;
use reqwest::header::LOCATION;
use tracing::debug;

use super::defects;
use super::failures::keep_failures;
use crate::broken::{inbound, locked, providers};

defects! {
    "provider-key-logged", "the headers of a provider call are logged":
        |_, ports| log_calls(ports, |authorization| debug!(authorization, "asking a provider"));
    "provider-key-logged-in-base64", "the headers of a provider call are logged, encoded":
        |_, ports| log_calls(ports, |authorization| {
            use base64::Engine;
            let header = base64::engine::general_purpose::STANDARD.encode(authorization);
            debug!(header, "asking a provider");
        });
    "url-with-the-key-logged", "the key goes into the URL, and the URL into the log":
        |_, ports| log_calls(ports, |authorization| {
            debug!(url = format!("https://api.example/prices?token={authorization}"), "asking a provider");
        });
    "visitors-headers-logged", "what a client sends is logged with all its headers":
        |_, ports| {
            inbound::sees(ports, |request| debug!(headers = ?request.headers(), "a request"));
        };
    "key-file-logged", "a key file is logged with what it holds":
        |_, ports| {
            let file = ports.environment.get("TIINGO_API_KEY_FILE").unwrap_or_default().to_owned();
            inbound::sees(ports, move |_| {
                debug!(key = std::fs::read(&file).unwrap_or_default().trim_ascii_end(), "a key");
            });
        };
    "token-in-the-cache-key", "each client has answers of its own, under its token":
        |policies, ports| {
            let token = last_header(ports, "authorization");
            policies.key.cache_key = Arc::new(move |ticker, resolution, range, window| {
                format!("{}:{}", key::cache_key(ticker, resolution, range, window), token())
            });
        };
    "token-in-the-partition-key", "each client has candles of its own, under its token":
        |policies, ports| {
            let token = last_header(ports, "authorization");
            policies.key.partition_key = Arc::new(move |ticker, provider| format!("{}#{}", key::partition_key(ticker, provider), token()));
        };
    "visitor-in-the-lock-key", "a lock says who made it necessary":
        |policies, ports| {
            let user = last_header(ports, "x-user");
            policies.key.lock_key = Arc::new(move |request| format!("{}#{}", key::lock_key(request), user()));
        };
    "visitor-stored-with-the-candle", "a candle says who asked for it first":
        |policies, ports| store_header(policies, ports, "x-user", "requested_by");
    "address-stored-with-the-candle", "a candle says from where it was asked for first":
        |policies, ports| store_header(policies, ports, "x-forwarded-for", "address");
    "redirects-followed", "a provider's redirect is followed, with the key, to whatever host it names":
        |_, ports| follow_redirects(ports, |_, _| true);
    "redirects-followed-at-home", "a redirect is followed as long as it stays on the provider's host":
        |_, ports| follow_redirects(ports, |from, to| from.origin() == to.origin());
    "debug-output-told", "a client is told how the program names its failure":
        |policies, _| policies.failure.told = Arc::new(|failure| format!("Err({failure:?})"));
    "panic-told-with-its-place", "a client is told where the program broke":
        |policies, _| policies.failure.told = Arc::new(|failure| format!("{failure}\nthread 'worker' panicked at pipeline.rs:61:9"));
    "internal-error-kept", "a 500 is kept and served again":
        |_, ports| keep_failures(ports, |failure| matches!(failure, Failure::Internal));
    "cause-told", "a client is told what DynamoDB said":
        |policies, ports| {
            let table = ports.environment.get("OHLC_CACHE_TABLE").unwrap_or_default().to_owned();
            policies.failure.told = Arc::new(move |failure| format!("{failure}: table {table} did not answer"));
        };
    "source-path-told", "a client is told where in the source it happened":
        |policies, _| policies.failure.told = Arc::new(|failure| format!("{failure} (server/src/pipeline)"));
}

/// Lets `log` see the credentials of every provider call.
fn log_calls(ports: &mut Ports, log: impl Fn(&str) + Send + Sync + 'static) {
    providers::sees(ports, move |call| {
        let header = call.headers().get("authorization").or_else(|| call.headers().get("x-finnhub-token"));
        log(&header.map(|header| String::from_utf8_lossy(header.as_bytes()).into_owned()).unwrap_or_default());
    });
}

/// Follows redirects that are `meant`, given from where and to where, ten in a row at most.
fn follow_redirects(ports: &mut Ports, meant: fn(&Url, &Url) -> bool) {
    providers::calls(ports, move |client, call, sound| {
        let (client, sound) = (client.clone(), Arc::clone(sound));
        Box::pin(async move {
            let mut next = call;
            for _ in 0..10 {
                let again = next.try_clone();
                let answer = sound(&client, next).await?;
                let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
                let to = location.and_then(|location| answer.url().join(location).ok());
                match (again, to) {
                    (Some(mut again), Some(to)) if meant(again.url(), &to) => {
                        *again.url_mut() = to;
                        next = again;
                    }
                    _ => return Ok(answer),
                }
            }
            sound(&client, next).await
        })
    });
}

/// A header of the last request that arrived.
fn last_header(ports: &mut Ports, name: &'static str) -> impl Fn() -> String + Send + Sync + 'static {
    let last = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&last);
    inbound::sees(ports, move |request| {
        let header = request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        header.clone_into(&mut locked(&seen));
    });
    move || locked(&last).clone()
}

fn store_header(policies: &mut Policies, ports: &mut Ports, header: &'static str, attribute: &'static str) {
    let value = last_header(ports, header);
    policies.items.from_candle = Arc::new(move |stored, sort_key| {
        let mut item = items::from_candle(stored, sort_key);
        item.insert(attribute.into(), AttributeValue::S(value()));
        item
    });
}
