//! Mistakes of the circuit breaker.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ohlc_server::store::{Breaker, breaker};

use super::defects;

/// What instances share that run on one table, by the table's address.
static SHARED: Mutex<BTreeMap<String, Arc<Breaker>>> = Mutex::new(BTreeMap::new());

defects! {
    "no-breaker", "DynamoDB is asked again however often it has failed":
        |rules, _| rules.breaker_threshold = u32::MAX;
    "breaker-state-shared", "a new instance takes over what the others think of the table":
        |rules, environment| {
            let table = environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            rules.breaker = Arc::new(move |rules| {
                let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(shared.entry(table.clone()).or_insert_with(|| breaker::own(rules)))
            });
        };
    "lock-tried-while-open", "the lock is worth a try in any case":
        |rules, _| {
            rules.breaker_guards = Arc::new(|operation| operation != "PutItem");
            rules.lock_tried_after = Arc::new(|_| true);
        };
    "write-ignores-the-breaker", "writes go to the table, open or not":
        |rules, _| rules.breaker_guards = Arc::new(|operation| operation != "BatchWriteItem");
    "writes-do-not-count", "only reads tell the breaker how they ended":
        |rules, _| rules.breaker_counts = Arc::new(|operation| operation != "BatchWriteItem");
    "every-request-probes", "when the cool-down is over, everyone finds out for himself":
        |rules, _| rules.breaker_probes_together = true;
    "closed-by-a-latecomer", "a call that began before the outage, and went well, tells the breaker that it is over":
        |rules, _| rules.breaker_closed_by_latecomers = true;
    "failed-probe-ignored", "after a failed probe the next request may try again":
        |rules, _| rules.breaker_pause_after_probe = Arc::new(|_| Duration::ZERO);
}
