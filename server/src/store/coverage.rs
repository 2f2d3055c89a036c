//! The coverage record: which window is complete although it lacks candles, as of which fetch, under which fence.
//!
//! A listing day, a halt or an illiquid minute leaves a hole that no later fetch will fill. Without this record such a
//! window would be fetched forever (G11, G20). It is written only under the newest fence: a holder whose lease ended
//! while it slept cannot claim completeness any more.

use std::collections::HashSet;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};

use super::items::{instant, key, number};
use super::{Condition, Store, StoreError};
use crate::candle::Stamp;
use crate::providers::Provider;
use crate::request::Request;

/// What one fetch says of a whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// When the window was fetched; its candles carry the same instant.
    pub fetched_at: DateTime<Utc>,
    /// The expected candles that the provider lacks: one at least, or there would be nothing to claim.
    pub absent: HashSet<String>,
    /// When the claim ends.
    pub expires_at: DateTime<Utc>,
}

impl Claim {
    /// How the claim names a candle.
    pub fn name(stamp: Stamp) -> String {
        stamp.instant().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// Sorts before and after, never between, the candles of a resolution.
fn sort_key(request: &Request) -> String {
    let Request { resolution, window, .. } = request;
    format!("COVERAGE#{resolution}#{}#{}", window.start, window.end)
}

/// A claim is written by whoever has the newest fence: a holder that slept through its lease has an older one (R18).
pub fn is_newest(fence: i64) -> Condition {
    Condition::new("attribute_not_exists(fence) OR fence <= :fence", [(":fence", number(fence))])
}

impl Store {
    /// The claim about a request's window, if there is one that has not ended.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn claim_of(
        &self,
        request: &Request,
        provider: Provider,
        strong: bool,
    ) -> Result<Option<Claim>, StoreError> {
        let partition = (self.rules.partition_key)(&request.ticker, provider);
        let call = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key(&partition, &sort_key(request))))
            .consistent_read(strong)
            .send();
        let item = self.call("GetItem", call).await?.item;
        let claim = item.and_then(|item| {
            Some(Claim {
                fetched_at: item.get("fetched_at")?.as_s().ok()?.parse().ok()?,
                absent: item
                    .get("absent")
                    .and_then(|absent| absent.as_ss().ok())
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect(),
                expires_at: DateTime::from_timestamp(item.get("ExpiresAt")?.as_n().ok()?.parse().ok()?, 0)?,
            })
        });
        Ok(claim.filter(|claim| request.now < claim.expires_at))
    }

    /// Claims that a window is complete but for what is absent.
    ///
    /// # Errors
    /// [`StoreError::ConditionFailed`] when somebody with a newer fence has claimed it; else as DynamoDB fails.
    pub async fn claim(
        &self,
        request: &Request,
        provider: Provider,
        claim: &Claim,
        fence: i64,
    ) -> Result<(), StoreError> {
        let partition = (self.rules.partition_key)(&request.ticker, provider);
        let mut item = key(&partition, &sort_key(request));
        item.insert("fetched_at".into(), instant(claim.fetched_at));
        item.insert("fence".into(), number(fence));
        item.insert("ExpiresAt".into(), number(claim.expires_at.timestamp()));
        item.insert("absent".into(), AttributeValue::Ss(claim.absent.iter().cloned().collect()));
        let newest = (self.rules.claim_is_newest)(fence);
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(newest.expression)
            .set_expression_attribute_values(newest.values)
            .send();
        self.call("PutItem", call).await.map(drop)
    }
}
