//! Mistakes of the circuit breaker.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::result::ConnectorError;
use ohlc_server::store::Operation;

use super::defects;
use crate::broken::dynamodb::calls;
use crate::broken::locked;

/// How many calls have failed in a row on a table, by its address, whoever made them.
static FAILURES: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());

/// All operations but those that put a lock.
const BUT_LOCKS: &[Operation] = &[
    Operation::Query,
    Operation::Scan,
    Operation::GetItem,
    Operation::DeleteItem,
    Operation::BatchWriteItem,
];
/// All operations but those that write candles.
const BUT_WRITES: &[Operation] =
    &[Operation::Query, Operation::Scan, Operation::GetItem, Operation::PutItem, Operation::DeleteItem];

defects! {
    "no-breaker", "DynamoDB is asked again however often it has failed":
        |policies, _| policies.breaker.threshold = u32::MAX;
    "breaker-state-shared", "a new instance takes over what the others think of the table":
        |policies, ports| {
            let table = ports.environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            let threshold = policies.breaker.threshold;
            calls(ports, move |call, wire| {
                let table = table.clone();
                Box::pin(async move {
                    if locked(&FAILURES).get(&table).is_some_and(|failures| *failures >= threshold) {
                        return Err(ConnectorError::io("the others say that it does not answer".into()));
                    }
                    let answered = wire.send(call).await;
                    let failed = answered.as_ref().map_or(true, |answer| answer.is_failure());
                    let mut all = locked(&FAILURES);
                    let failures = all.entry(table).or_default();
                    *failures = if failed { *failures + 1 } else { 0 };
                    answered
                })
            });
        };
    "lock-tried-while-open", "the lock is tried in any case":
        |policies, _| {
            policies.breaker.guards = BUT_LOCKS;
            policies.look_up.locks_after = Arc::new(|_, _| true);
        };
    "write-ignores-the-breaker", "writes go to the table, open or not":
        |policies, _| policies.breaker.guards = BUT_WRITES;
    "writes-do-not-count", "only reads tell the breaker how they ended":
        |policies, _| policies.breaker.counts = BUT_WRITES;
    "every-request-probes", "when the cool-down is over, every request probes DynamoDB":
        |policies, _| policies.breaker.probes = u32::MAX;
    "closed-by-a-latecomer", "a call that began before the outage, and went well, tells the breaker that it is over":
        |policies, _| policies.breaker.closes = Arc::new(|_| true);
    "failed-probe-ignored", "after a failed probe the next request may try again":
        |policies, _| policies.breaker.pause_after_probe = Arc::new(|_| Duration::ZERO);
}
