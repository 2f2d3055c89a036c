//! Mistakes of invalidation, and about the age of what is cached.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use axum::http::HeaderValue;
use axum::http::header::AUTHORIZATION;
use ohlc_server::cache_layer::CacheLayer;
use ohlc_server::http::auth::Authority;

use super::defects;
use crate::broken::dynamodb::{self, Answer};
use crate::broken::inbound::sees;
use crate::broken::{locked, memory, providers};

defects! {
    "invalidation-leaves-memory", "an invalidation clears the table alone":
        |policies, _| policies.invalidation.layers = &[CacheLayer::DynamoDb];
    "invalidation-leaves-the-table", "an invalidation clears memory alone":
        |policies, _| policies.invalidation.layers = &[CacheLayer::InMemory];
    "invalidation-by-prefix", "AA is everything that begins like it":
        |policies, _| policies.memory.is_about = Arc::new(|ticker, asked| ticker.starts_with(asked));
    "invalidation-overtaken", "what is under way during an invalidation is kept as if there had been none":
        |policies, _| policies.memory.outlives = Arc::new(|_, _| true);
    "kept-while-the-table-is-cleared", "an invalidation counts when it has cleared everything":
        |policies, _| policies.memory.outlives = Arc::new(|before, now| now <= before + 1);
    "overtaken-write-left", "what was written when an invalidation overtook it stays":
        |_, ports| {
            // An invalidation deletes what it has found; other deletes are swallowed.
            let found = Arc::new(AtomicUsize::new(0));
            dynamodb::calls(ports, move |mut call, wire| {
                let found = Arc::clone(&found);
                Box::pin(async move {
                    let deletes = call.writes().iter().filter(|write| write["DeleteRequest"].is_object()).count();
                    if deletes > 0 && found.load(Ordering::Relaxed) < deletes {
                        return Answer::done();
                    }
                    found.fetch_sub(deletes, Ordering::Relaxed);
                    let keys_alone = call.body["ProjectionExpression"] == "PK, SK";
                    let answer = wire.send(call).await?;
                    if keys_alone {
                        found.fetch_add(answer.body["Items"].as_array().map_or(0, Vec::len), Ordering::Relaxed);
                    }
                    Ok(answer)
                })
            });
        };
    "invalidation-joins-what-is-under-way", "a look-up that began before an invalidation answers those who ask after it":
        |policies, _| policies.key.flight_key = Arc::new(|request| request.cache_key.clone());
    "invalidation-without-authority", "anyone may invalidate":
        |_, ports| {
            let tokens = ports.environment.get("OHLC_ADMIN_TOKENS").unwrap_or_default();
            let admin = format!("Bearer {}", tokens.split(',').next().unwrap_or_default());
            sees(ports, move |request| {
                if let (true, Ok(admin)) = (request.uri().path().ends_with("/invalidate"), HeaderValue::from_str(&admin)) {
                    request.headers_mut().insert(AUTHORIZATION, admin);
                }
            });
        };
    "readers-invalidate", "whoever may read may invalidate":
        |policies, _| policies.auth.invalidates = Authority::Reader;
    "memory-not-refilled", "memory keeps what was fetched, not what was read from the table":
        |_, ports| {
            let fetched = Arc::new(AtomicBool::new(false));
            let asked = Arc::clone(&fetched);
            providers::sees(ports, move |_| asked.store(true, Ordering::Relaxed));
            memory::puts(ports, move |entries, key, entry| {
                if fetched.swap(false, Ordering::Relaxed) { entries.put(key, entry) } else { 0 }
            });
        };
    "age-since-process-start", "an answer is as old as the process":
        |policies, _| {
            let started = OnceLock::new();
            policies.answer.age = Arc::new(move |request, _| (request.now - *started.get_or_init(|| request.now)).num_seconds());
        };
    "age-survives-eviction", "an answer is as old as the first one under its key":
        |policies, _| {
            let first_seen = Mutex::new(HashMap::new());
            policies.answer.age = Arc::new(move |request, answer| {
                let mut first_seen = locked(&first_seen);
                let since = *first_seen.entry(request.cache_key.clone()).or_insert(answer.fetched_at);
                (request.now - since).num_seconds()
            });
        };
    "one-ttl-assumed-for-all", "what expires was fetched 90 days before":
        |policies, _| {
            let ttl = policies.freshness.ttl_finished;
            policies.items.fetched_at = Arc::new(move |stored| stored.expires_at - ttl);
        };
}
