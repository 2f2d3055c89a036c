//! Mistakes of invalidation, and about the age of what is cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ohlc_server::answer::Source;
use ohlc_server::cache_layer::CacheLayer;
use ohlc_server::http::auth::Authority;

use super::defects;

defects! {
    "invalidation-leaves-memory", "an invalidation clears the table alone":
        |rules, _| rules.invalidated_layers = Arc::new(|| &[CacheLayer::DynamoDb]);
    "invalidation-leaves-the-table", "an invalidation clears memory alone":
        |rules, _| rules.invalidated_layers = Arc::new(|| &[CacheLayer::InMemory]);
    "invalidation-by-prefix", "AA is everything that begins like it":
        |rules, _| rules.is_about = Arc::new(|ticker, asked| ticker.starts_with(asked));
    "invalidation-overtaken", "what is under way during an invalidation is kept as if there had been none":
        |rules, _| rules.outlives_invalidations = Arc::new(|_, _| true);
    "invalidation-joins-what-is-under-way", "a look-up begun before an invalidation answers those who ask after it":
        |rules, _| rules.flight_key = Arc::new(|request| request.cache_key.clone());
    "invalidation-without-authority", "anyone may invalidate":
        |rules, _| rules.authority_to_invalidate = Arc::new(|| Authority::Anyone);
    "readers-invalidate", "whoever may read may invalidate":
        |rules, _| rules.authority_to_invalidate = Arc::new(|| Authority::Reader);
    "memory-not-refilled", "memory keeps what was fetched, not what was read from the table":
        |rules, _| rules.kept_from = Arc::new(|source| source != Source::DynamoDb);
    "age-since-process-start", "an answer is as old as the process":
        |rules, _| {
            let started = OnceLock::new();
            rules.age = Arc::new(move |request, _| (request.now - *started.get_or_init(|| request.now)).num_seconds());
        };
    "age-survives-eviction", "an answer is as old as the first one under its key":
        |rules, _| {
            let first_seen = Mutex::new(HashMap::new());
            rules.age = Arc::new(move |request, answer| {
                let mut first_seen = first_seen.lock().unwrap_or_else(PoisonError::into_inner);
                let since = *first_seen.entry(request.cache_key.clone()).or_insert(answer.fetched_at);
                (request.now - since).num_seconds()
            });
        };
    "one-ttl-assumed-for-all", "what expires was fetched 90 days before":
        |rules, _| rules.fetched_at = Arc::new(|stored, rules| stored.expires_at - rules.ttl_finished);
}
