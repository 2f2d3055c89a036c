//! Mistakes about who asks, who waits, and who holds the lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ohlc_server::error::Failure;
use ohlc_server::rules::Rules;
use ohlc_server::settings;
use ohlc_server::store::Condition;
use ohlc_server::write_through::Step;

use super::defects;

defects! {
    "no-single-flight", "everyone who wants an answer goes for it himself: nothing is shared, nothing locked":
        |rules, _| {
            let flights = AtomicUsize::new(0);
            rules.flight_key = Arc::new(move |_| flights.fetch_add(1, Ordering::Relaxed).to_string());
            no_lock(rules);
        };
    "coalescing-in-process-only", "requests of one instance share a fetch, those of several do not":
        |rules, _| no_lock(rules);
    "lock-without-expiry", "a lock is free when there is none, and only then":
        |rules, _| rules.lock_is_free = Arc::new(|_, _| Condition::new("attribute_not_exists(PK)", None));
    "lock-released-by-anyone", "a lock is deleted without a look at its holder":
        |rules, _| rules.lock_is_ours = Arc::new(|_| Condition::default());
    "claim-under-any-fence", "who claims last that a window is whole is believed, however old his news":
        |rules, _| rules.claim_is_newest = Arc::new(|_| Condition::default());
    "lock-held-through-the-write", "the lock is given back when everything is written":
        |rules, _| rules.write_through = Arc::new(|| &[Step::Write, Step::Claim, Step::Unlock]);
    "one-global-lock", "one lock for everything":
        |rules, _| rules.lock_key = Arc::new(|_| "LOCK#ohlc".into());
    "lock-by-ticker-alone", "one lock for all ranges of a ticker":
        |rules, _| rules.lock_key = Arc::new(|request| format!("LOCK#ohlc:{}", request.ticker));
    "short-lease-accepted", "any lease is long enough":
        |rules, _| rules.time_budget = Arc::new(|rules| {
            let faults = settings::time_budget(rules).into_iter();
            faults.filter(|fault| !fault.starts_with("OHLC_LOCK_LEASE")).collect()
        });
    "waiter-reads-the-past", "waiters read eventually consistent, like everybody else":
        |rules, _| rules.later_looks_strong = false;
    "waiter-never-gives-up", "a waiter waits until the holder delivers":
        |rules, _| rules.lock_polls = u32::MAX;
    "waiter-gives-up-with-an-error", "a waiter for whom nobody delivers fails":
        |rules, _| rules.waited_in_vain = Arc::new(|rules| {
            Err(Failure::Unavailable { retry_after: rules.retry_after })
        });
    "no-second-look", "whoever has the lock asks the provider at once":
        |rules, _| rules.looks_under_lock = 0;
    "candles-of-several-fetches-served", "a window is whole when all its candles are there, whoever wrote them":
        |rules, _| rules.one_fetch = false;
    "partial-window-served", "what the table holds of a window is the window":
        |rules, _| rules.missing = Arc::new(|_, _| Vec::new());
    "slow-table-taken-for-empty", "a table that does not answer within 100 ms has nothing":
        |rules, _| rules.dynamodb_timeout = Duration::from_millis(100);
    "no-end-to-patience-with-a-slow-table", "lock and second look are never left out":
        |rules, _| rules.slow_look = Duration::MAX;
    "write-forgotten-when-answered", "nobody waits for a write-through, not even the end of the process":
        |rules, _| rules.write_bound_to = Arc::new(|_| false);
}

fn no_lock(rules: &mut Rules) {
    rules.lock_is_free = Arc::new(|_, _| Condition::default());
}
