//! Mistakes of those who run out of time.

use std::sync::Arc;
use std::time::Duration;

use ohlc_server::cache_layer::CacheLayer;

use super::defects;

const FOREVER: Duration = Duration::from_secs(3_600);

defects! {
    "stale-memory-ignored", "what is past its freshness is never served":
        |rules, _| rules.at_hand = Arc::new(|| &[CacheLayer::DynamoDb]);
    "no-last-look", "past the ceiling only memory is asked":
        |rules, _| rules.at_hand = Arc::new(|| &[CacheLayer::InMemory]);
    "last-look-without-end", "the last look takes the time that it takes":
        |rules, _| rules.last_look = FOREVER;
    "no-ceiling", "an answer takes the time that it takes":
        |rules, _| rules.ceiling = FOREVER;
    "nothing-served-as-200", "no candles are an answer, too":
        |rules, _| rules.nothing_at_hand = Arc::new(|_| Ok(()));
    "write-inside-the-ceiling", "the ceiling counts until everything is written":
        |rules, _| rules.write_bound_to = Arc::new(|_| true);
}
