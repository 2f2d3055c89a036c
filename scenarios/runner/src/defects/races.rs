//! Mistakes about who asks, who waits, and who holds the lock.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ohlc_server::error::Failure;
use ohlc_server::store::{Condition, lock};
use ohlc_server::{Policies, settings};

use super::defects;
use crate::broken::dynamodb::{self, Answer};
use crate::broken::inbound::fails_when_logged;
use crate::broken::locked;

defects! {
    "no-single-flight", "every request fetches for itself: nothing is shared, nothing locked":
        |policies, _| {
            let flights = AtomicUsize::new(0);
            policies.key.flight_key = Arc::new(move |_| flights.fetch_add(1, Ordering::Relaxed).to_string());
            no_lock(policies);
        };
    "coalescing-in-process-only", "requests of one instance share a fetch, those of several do not":
        |policies, _| no_lock(policies);
    "lock-without-expiry", "a lock is free when there is none, and only then":
        |policies, _| policies.lock.is_free = Arc::new(|_, _, _| Condition::new("attribute_not_exists(PK)", None));
    "own-lock-taken-for-anothers", "a lock that is there is somebody else's, whoever it names":
        |policies, _| policies.lock.is_free = Arc::new(|now, fence, _| lock::is_free(now, fence, "nobody"));
    "refused-lock-taken-for-ours", "a lock that was refused must be the one that was taken before":
        |_, ports| dynamodb::calls(ports, |call, wire| Box::pin(async move {
            let takes = takes_a_lock(&call).is_some();
            let answer = wire.send(call).await?;
            if takes && answer.is_refusal() { Answer::done() } else { Ok(answer) }
        }));
    "lock-of-a-lost-reply-left", "a lock that may have been taken is left to its lease":
        |_, ports| {
            let unknown = Arc::new(Mutex::new(HashSet::new()));
            dynamodb::calls(ports, move |call, wire| {
                let unknown = Arc::clone(&unknown);
                Box::pin(async move {
                    let released = call.body["ExpressionAttributeValues"][":holder"]["S"].as_str();
                    if call.operation == "DeleteItem" && released.is_some_and(|holder| locked(&unknown).contains(holder)) {
                        return Answer::done();
                    }
                    let taken = takes_a_lock(&call);
                    let answered = wire.send(call).await;
                    match (taken, &answered) {
                        (Some(holder), Err(_)) => locked(&unknown).insert(holder),
                        (Some(holder), Ok(_)) => locked(&unknown).remove(&holder),
                        (None, _) => false,
                    };
                    answered
                })
            });
        };
    "lock-released-by-anyone", "a lock is deleted without a look at its holder":
        |policies, _| policies.lock.is_ours = Arc::new(|_| Condition::default());
    "claim-under-any-fence", "who claims last that a window is whole is believed, however old his news":
        |policies, _| policies.completeness_record.newest = Arc::new(|_| Condition::default());
    "lock-held-through-the-write", "the lock is given back when everything is written":
        |_, ports| {
            let kept_back = Arc::new(Mutex::new(None));
            dynamodb::calls(ports, move |mut call, wire| {
                let (kept_back, puts) = (Arc::clone(&kept_back), call.puts_candles());
                Box::pin(async move {
                    if call.operation == "DeleteItem" {
                        *locked(&kept_back) = Some(call);
                        return Answer::done();
                    }
                    let answered = wire.send(call).await;
                    let unlock = if puts { locked(&kept_back).take() } else { None };
                    if let Some(unlock) = unlock {
                        wire.send(unlock).await?;
                    }
                    answered
                })
            });
        };
    "one-global-lock", "one lock for everything":
        |policies, _| policies.key.lock_key = Arc::new(|_| "LOCK#ohlc".into());
    "lock-by-ticker-alone", "one lock for all ranges of a ticker":
        |policies, _| policies.key.lock_key = Arc::new(|request| format!("LOCK#ohlc:{}", request.ticker));
    "short-lease-accepted", "any lease is long enough":
        |policies, _| policies.settings.time_budget = Arc::new(|times| {
            let faults = settings::time_budget(times).into_iter();
            faults.filter(|fault| !fault.starts_with("OHLC_LOCK_LEASE")).collect()
        });
    "waiter-reads-the-past", "waiters read eventually consistent, like everybody else":
        |policies, _| policies.look_up.later_looks_strong = false;
    "waiter-never-gives-up", "a waiter waits until the holder delivers":
        |policies, _| policies.look_up.lock_polls = u32::MAX;
    "waiter-counts-looks-alone", "a waiter looks as often as it should, however long that takes":
        |policies, _| policies.look_up.patience = Arc::new(|_, _, _| Duration::MAX);
    "waiter-without-patience", "a waiter fetches as soon as it has waited for its first look":
        |policies, _| policies.look_up.patience = Arc::new(|_, every, _| every);
    "waiter-gives-up-with-an-error", "a waiter for whom nobody delivers fails":
        |policies, ports| {
            let unavailable = Failure::Unavailable { retry_after: policies.failure.retry_after };
            fails_when_logged(ports, |line| line["outcome"] == "waited_in_vain", unavailable);
        };
    "no-second-look", "whoever has the lock asks the provider at once":
        |policies, _| policies.look_up.looks_under_lock = 0;
    "candles-of-several-fetches-served", "a window is whole when all its candles are there, whoever wrote them":
        |policies, _| policies.fetches.supersedes = Arc::new(|_, _, _| false);
    "partial-window-served", "what the table holds of a window is the window":
        |policies, _| policies.completeness.missing = Arc::new(|_, _| Vec::new());
    "partitions-asked-in-turn", "the next provider's candles are looked for when it is known that the first one's are not there":
        |policies, _| policies.windows.patience = Duration::MAX;
    "look-as-long-as-its-calls", "a look may take as long as all of its calls together":
        |policies, _| policies.windows.calls_time = u32::MAX;
    "slow-table-taken-for-empty", "a table that does not answer within 100 ms has nothing":
        |policies, _| policies.dynamodb.timeout = Duration::from_millis(100);
    "no-end-to-patience-with-a-slow-table", "lock and second look are never left out":
        |policies, _| policies.look_up.slow_look = Duration::MAX;
    "write-forgotten-when-answered", "nobody waits for a write-through, not even the end of the process":
        |_, ports| dynamodb::calls(ports, |mut call, wire| Box::pin(async move {
            if call.puts_candles() {
                tokio::spawn(async move { wire.send(call).await });
                return Answer::done();
            }
            wire.send(call).await
        }));
}

/// Who takes a lock with this call, if it is about one.
fn takes_a_lock(call: &dynamodb::Call) -> Option<String> {
    let holder = call.body["Item"]["LockHolder"]["S"].as_str().filter(|_| call.operation == "PutItem")?;
    Some(holder.to_owned())
}

fn no_lock(policies: &mut Policies) {
    policies.lock.is_free = Arc::new(|_, _, _| Condition::default());
}
