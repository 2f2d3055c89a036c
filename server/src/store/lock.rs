//! The lock that instances share while one of them asks the provider (R4, R5, R18).
//!
//! It only saves provider calls. What keeps late writers from harm is its number, the fence: see [`super::coverage`].

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use tracing::{debug, warn};
use uuid::Uuid;

use super::items::{Item, key, number, text};
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

/// What must hold of an item for a write to be carried out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition {
    /// In DynamoDB's own words; nothing when it is carried out in any case.
    pub expression: Option<String>,
    /// What the placeholders of the expression stand for.
    pub values: Option<Item>,
}

impl Condition {
    /// This expression, with these values for its placeholders.
    pub fn new(expression: &str, values: impl IntoIterator<Item = (&'static str, AttributeValue)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { expression: Some(expression.into()), values: Some(values) }
    }
}

/// A lock is free for whoever comes at `now` when there is none, or when its lease has ended; and the number of its new
/// holder is greater than the last one's.
pub fn is_free(now: DateTime<Utc>, fence: i64) -> Condition {
    Condition::new(
        "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence)",
        [(":now", number(now.timestamp())), (":fence", number(fence))],
    )
}

/// A lock is still ours when it names us: a lease that was taken over belongs to its new holder (D3).
pub fn is_ours(holder: &str) -> Condition {
    Condition::new("LockHolder = :holder", [(":holder", text(holder))])
}

/// A table that did not answer a look will not give a lock either (D21, E1).
pub fn tried_after(_failure: StoreError) -> bool {
    false
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
        let lease = Lease {
            partition: (self.rules.lock_key)(request),
            holder: Uuid::new_v4().to_string(),
            fence: self.next_fence(),
        };
        let mut item = key(&lease.partition, SORT_KEY);
        item.extend(HashMap::from([
            ("LockHolder".into(), text(&lease.holder)),
            ("fence".into(), number(lease.fence)),
            ("ExpiresAt".into(), number(whole_second_after(now + self.rules.lock_lease))),
        ]));
        let free = (self.rules.lock_is_free)(now, lease.fence);
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(free.expression)
            .set_expression_attribute_values(free.values)
            .send();
        match self.call("PutItem", call).await {
            Ok(_) => Ok(Lock::Taken(lease)),
            Err(StoreError::ConditionFailed) => Ok(Lock::Held),
            Err(failed) => Err(failed),
        }
    }

    /// Gives a lock back, if it is still ours.
    pub async fn unlock(&self, lease: &Lease) {
        let ours = (self.rules.lock_is_ours)(&lease.holder);
        let call = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key(&lease.partition, SORT_KEY)))
            .set_condition_expression(ours.expression)
            .set_expression_attribute_values(ours.values)
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
