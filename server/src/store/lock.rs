//! The lock that instances share while one of them asks the provider (R4, R5, R18).
//!
//! It only saves provider calls. What keeps late writers from harm is its number, the fence: see [`super::coverage`].

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use tracing::{debug, warn};
use uuid::Uuid;

use super::items::{key, number, text};
use super::{Store, StoreError};
use crate::request::Request;

const SORT_KEY: &str = "LOCK";

/// A lock that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    partition: String,
    holder: String,
    /// Greater than that of every earlier lease on this lock.
    pub fence: i64,
}

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// It is ours until the lease ends.
    Taken(Lease),
    /// Somebody else's lease is running.
    Held,
}

impl Store {
    /// Takes the request's lock if it is free or its lease has ended.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn lock(&self, request: &Request) -> Result<Lock, StoreError> {
        let now = self.clock.now();
        let lease =
            Lease { partition: request.lock_key.clone(), holder: Uuid::new_v4().to_string(), fence: self.next_fence() };
        let mut item = key(&lease.partition, SORT_KEY);
        item.extend(HashMap::from([
            ("LockHolder".into(), text(&lease.holder)),
            ("fence".into(), number(lease.fence)),
            ("ExpiresAt".into(), number(whole_second_after(now + self.rules.lock_lease))),
        ]));
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence)")
            .expression_attribute_values(":now", number(now.timestamp()))
            .expression_attribute_values(":fence", number(lease.fence))
            .send();
        match self.call("PutItem", call).await {
            Ok(_) => Ok(Lock::Taken(lease)),
            Err(StoreError::ConditionFailed) => Ok(Lock::Held),
            Err(failed) => Err(failed),
        }
    }

    /// Gives a lock back, if it is still ours: a lease that was taken over belongs to its new holder (D3).
    pub async fn unlock(&self, lease: &Lease) {
        let call = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key(&lease.partition, SORT_KEY)))
            .condition_expression("LockHolder = :holder")
            .expression_attribute_values(":holder", text(&lease.holder))
            .send();
        match self.call("DeleteItem", call).await {
            Ok(_) => {}
            Err(StoreError::ConditionFailed) => debug!(outcome = "lease_lost", "the lock was taken over meanwhile"),
            Err(cause) => warn!(%cause, outcome = "lock_left", "the lock stays until its lease ends"),
        }
    }

    /// A number that only grows: microseconds of the clock, and never the same twice in one process. The lock's own
    /// condition keeps it growing from one holder to the next.
    pub fn next_fence(&self) -> i64 {
        let now = self.clock.now().timestamp_micros();
        let next = |last: i64| now.max(last + 1);
        match self.last_fence.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last))) {
            Ok(last) | Err(last) => next(last),
        }
    }
}

/// Epoch seconds, rounded up: a lease never ends early.
fn whole_second_after(instant: DateTime<Utc>) -> i64 {
    instant.timestamp() + i64::from(instant.timestamp_subsec_nanos() > 0)
}
