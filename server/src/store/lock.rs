//! The lock that instances share while one of them asks the provider.
//!
//! It only saves provider calls. What keeps late writers from harm is its number, the fence: see
//! [`super::completeness_record`].

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use tracing::{debug, warn};
use uuid::Uuid;

use super::items::{Item, key, number, text};
use super::{Operation, Store, StoreError};
use crate::policy::policy;
use crate::request::Request;

policy! {
    /// Who asks the provider while others wait.
    LockPolicy "lock" {
        values {
            /// How long a lock is held at most: what a crashed holder costs.
            lease: Duration = Duration::from_secs(30), setting "OHLC_LOCK_LEASE", from "decisions.md#lock-lease";
        }
        functions {
            /// What must hold of a lock for it to be taken, at this instant under this number by this holder.
            is_free: fn(DateTime<Utc>, i64, &str) -> Condition = is_free,
                decides "there is none, or its lease has ended, or it names the one who asks",
                shows [(at("2026-02-03T22:00:00Z"), 1, "one"), (at("2026-02-03T22:00:00Z"), 2, "another")],
                from "decisions.md#lock-is-free";
            /// What must hold of a lock for it to be given back by this holder.
            is_ours: fn(&str) -> Condition = is_ours, decides "LockHolder still names the one who took it",
                shows [("one"), ("another")], from "decisions.md#lock-is-ours";
        }
    }
}

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
/// holder is greater than the last one's. One that names him is his: he has taken it, and the reply to that was lost.
pub fn is_free(now: DateTime<Utc>, fence: i64, holder: &str) -> Condition {
    Condition::new(
        "attribute_not_exists(PK) OR (ExpiresAt <= :now AND fence < :fence) OR LockHolder = :holder",
        [(":now", number(now.timestamp())), (":fence", number(fence)), (":holder", text(holder))],
    )
}

/// A lock is still ours when it names us: a lease that was taken over belongs to its new holder.
pub fn is_ours(holder: &str) -> Condition {
    Condition::new("LockHolder = :holder", [(":holder", text(holder))])
}

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// It is ours until the lease ends.
    Taken(Lease),
    /// Somebody else's lease is running.
    Held,
    /// It may be ours: DynamoDB did not say.
    Unknown(Lease),
}

impl Store {
    /// Takes the request's lock if it is free.
    ///
    /// # Errors
    /// When the breaker is open, so that nothing was sent.
    pub async fn lock(&self, request: &Request) -> Result<Lock, StoreError> {
        let now = self.clock.now();
        let lease = Lease {
            partition: (self.keys.lock_key)(request),
            holder: Uuid::new_v4().to_string(),
            fence: self.next_fence(),
        };
        let mut item = key(&lease.partition, SORT_KEY);
        item.extend(HashMap::from([
            ("LockHolder".into(), text(&lease.holder)),
            ("fence".into(), number(lease.fence)),
            ("ExpiresAt".into(), number(whole_second_after(now + self.policies.lock.lease))),
        ]));
        let free = (self.policies.lock.is_free)(now, lease.fence, &lease.holder);
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(free.expression)
            .set_expression_attribute_values(free.values)
            .send();
        match self.call(Operation::PutItem, call).await {
            Ok(_) => Ok(Lock::Taken(lease)),
            Err(StoreError::ConditionFailed) => Ok(Lock::Held),
            Err(StoreError::Failed) => Ok(Lock::Unknown(lease)),
            Err(open @ StoreError::BreakerOpen) => Err(open),
        }
    }

    /// Gives a lock back, if it is still ours.
    pub async fn unlock(&self, lease: &Lease) {
        let ours = (self.policies.lock.is_ours)(&lease.holder);
        let call = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key(&lease.partition, SORT_KEY)))
            .set_condition_expression(ours.expression)
            .set_expression_attribute_values(ours.values)
            .send();
        match self.call(Operation::DeleteItem, call).await {
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
