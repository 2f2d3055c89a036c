//! The completeness record: which window is complete although it lacks candles, as of which fetch, under which fence.
//!
//! A listing day, a halt or an illiquid minute leaves a hole that no later fetch will fill. Without this record such a
//! window would be fetched forever. It is written only under the newest fencing token: a holder whose lease ended while it
//! slept cannot claim completeness any more.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};

use super::items::{Item, epoch_second, instant, key, number};
use super::{Condition, Operation, Store, StoreError};
use crate::candle::Stamp;
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::{Request, Resolution, Window};

policy! {
    /// Who may say that a window is complete.
    CompletenessRecordPolicy "completeness_record" {
        functions {
            /// What must hold of an earlier record of a window for one under this fence to take its place.
            newest: fn(i64) -> Condition = is_newest, decides "there is none, or its fence is not newer", shows [(1), (2)],
                from "decisions.md#claim-is-newest";
        }
    }
}

/// What one fetch says of a whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletenessRecord {
    /// When its candles were fetched; they carry the same instant.
    pub fetched_at: DateTime<Utc>,
    /// When the window was fetched last, and brought just the same.
    pub confirmed_at: DateTime<Utc>,
    /// The expected candles that the provider lacks: one at least, or there would be nothing to record.
    pub absent: HashSet<String>,
    /// When the record ends.
    pub expires_at: DateTime<Utc>,
}

impl CompletenessRecord {
    /// How the record names a candle.
    pub fn name(stamp: Stamp) -> String {
        stamp.instant().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn of(item: &Item) -> Option<Self> {
        let absent = item.get("absent").and_then(|absent| absent.as_ss().ok());
        let instant = |name: &str| item.get(name)?.as_s().ok()?.parse().ok();
        let fetched_at = instant("fetched_at")?;
        Some(Self {
            fetched_at,
            // Records of before it was written lack it: they were confirmed by nobody.
            confirmed_at: instant("confirmed_at").unwrap_or(fetched_at),
            absent: absent.into_iter().flatten().cloned().collect(),
            expires_at: epoch_second(item, "ExpiresAt")?,
        })
    }
}

/// Sorts before and after, never between, the candles of a resolution.
fn sort_key(resolution: Resolution, window: &Window) -> String {
    format!("COVERAGE#{resolution}#{}#{}", window.start, window.end)
}

/// A record is written by whoever has the newest fence: a holder that slept through its lease has an older one.
pub fn is_newest(fence: i64) -> Condition {
    Condition::new("attribute_not_exists(fence) OR fence <= :fence", [(":fence", number(fence))])
}

impl Store {
    /// The record of a window at a request's resolution, if there is one, whether or not it has ended.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn record_of(
        &self,
        request: &Request,
        window: &Window,
        provider: Provider,
        strong: bool,
    ) -> Result<Option<CompletenessRecord>, StoreError> {
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let call = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key(&partition, &sort_key(request.resolution, window))))
            .consistent_read(strong)
            .send();
        let item = self.call(Operation::GetItem, call).await?.item;
        Ok(item.as_ref().and_then(CompletenessRecord::of))
    }

    /// Records that a window is complete but for what is absent.
    ///
    /// # Errors
    /// [`StoreError::ConditionFailed`] when somebody with a newer fence has recorded it; else as DynamoDB fails.
    pub async fn put_record(
        &self,
        request: &Request,
        provider: Provider,
        record: &CompletenessRecord,
        fence: i64,
    ) -> Result<(), StoreError> {
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let mut item = key(&partition, &sort_key(request.resolution, &request.window));
        item.insert("fetched_at".into(), instant(record.fetched_at));
        item.insert("confirmed_at".into(), instant(record.confirmed_at));
        item.insert("fence".into(), number(fence));
        item.insert("ExpiresAt".into(), number(record.expires_at.timestamp()));
        item.insert("absent".into(), AttributeValue::Ss(record.absent.iter().cloned().collect()));
        let newest = (self.policies.records.newest)(fence);
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(newest.expression)
            .set_expression_attribute_values(newest.values)
            .send();
        self.call(Operation::PutItem, call).await.map(drop)
    }
}
