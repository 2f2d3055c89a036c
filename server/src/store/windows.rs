//! Whether what DynamoDB holds is a whole answer: every expected candle, each still good, all from one fetch.
//!
//! Counting is not enough: each expected candle is looked for by name.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use tokio::time::timeout;

use super::{CompletenessRecord, Store, StoreError};
use crate::candle::Candle;
use crate::completeness::CompletenessPolicy;
use crate::freshness::{FreshnessPolicy, stored_until};
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::Request;
use crate::store::items::StoredCandle;

policy! {
    /// How long a window is looked for.
    WindowPolicy "windows" {
        values {
            /// How long one provider's candles may keep the next one's waiting; from then on both are looked for.
            patience: Duration = Duration::from_millis(250), setting "OHLC_PARTITION_PATIENCE", from "decisions.md#partitions-together";
            /// The calls whose time a look may take, whatever number it makes: of partitions, pages and records.
            calls_time: u32 = 1, or "as many as it makes: a slow table would leave the provider no time", from "decisions.md#look-bound";
        }
    }
}

/// A call that hangs meets its own bound before that of its look, and counts as the failure that it is.
const HANGING: Duration = Duration::from_millis(50);

/// How strictly stored candles are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staleness {
    /// Expired candles and records, and bars from before their close, do not count.
    Refused,
    /// They do, because nothing better is at hand.
    Accepted,
}

/// A whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteWindow {
    /// Its candles, oldest first.
    pub candles: Vec<Candle>,
    /// When they were fetched, or, if a later fetch brought just the same, when that was.
    pub fetched_at: DateTime<Utc>,
    /// When the first of them, or the word on those that it lacks, stops counting.
    pub counts_until: DateTime<Utc>,
    /// The provider that they came from.
    pub provider: Provider,
}

/// Finds whole windows in the table.
pub struct Windows {
    /// How long it looks for them.
    pub policy: WindowPolicy,
    /// The table.
    pub store: Arc<Store>,
    /// Whose candles may be found there, the preferred provider first.
    pub providers: &'static [Provider],
    /// When a window is whole.
    pub completeness: CompletenessPolicy,
    /// How long a candle counts.
    pub freshness: FreshnessPolicy,
}

impl Windows {
    /// The whole window, if DynamoDB holds it from one of the providers, the preferred one first.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn complete(
        &self,
        request: &Request,
        strong: bool,
        staleness: Staleness,
    ) -> Result<Option<CompleteWindow>, StoreError> {
        let calls = self.store.policies.call.timeout.saturating_mul(self.policy.calls_time);
        let bound = calls.saturating_add(self.policy.patience.max(HANGING));
        let look = self.look(self.providers, request, strong, staleness).boxed();
        timeout(bound, look).await.unwrap_or(Err(StoreError::Failed))
    }

    /// Looks for it among the candles of these providers, in their order.
    async fn look(
        &self,
        providers: &[Provider],
        request: &Request,
        strong: bool,
        staleness: Staleness,
    ) -> Result<Option<CompleteWindow>, StoreError> {
        let Some((preferred, others)) = providers.split_first() else { return Ok(None) };
        let mut preferred = pin!(self.of(*preferred, request, strong, staleness));
        let others = Box::pin(self.look(others, request, strong, staleness));
        if let Ok(found) = timeout(self.policy.patience, &mut preferred).await {
            return match found? {
                None => others.await,
                window => Ok(window),
            };
        }
        match select(preferred, others).await {
            Either::Left((found, others)) => match found? {
                None => others.await,
                window => Ok(window),
            },
            Either::Right((beside, preferred)) => match preferred.await? {
                None => beside,
                window => Ok(window),
            },
        }
    }

    /// The whole window of one provider's candles.
    async fn of(
        &self,
        provider: Provider,
        request: &Request,
        strong: bool,
        staleness: Staleness,
    ) -> Result<Option<CompleteWindow>, StoreError> {
        let mut stored = self.store.candles(request, provider, strong).await?;
        // What fills no bucket is none of this window's, however it came there.
        stored.retain(|stored| request.bucket_of(stored.candle.stamp).is_some());
        if staleness == Staleness::Refused {
            stored.retain(|stored| (self.freshness.still_good)(stored, request));
        }
        let Some(mut fetched_at) = self.of_one_fetch(&mut stored) else { return Ok(None) };
        let ends = stored.iter().filter_map(|stored| stored_until(stored, request));
        let mut counts_until = ends.min().unwrap_or(request.now);
        let there = stored.iter().map(|stored| stored.candle.stamp).collect();
        let missing = (self.completeness.missing)(request, &there);
        if !missing.is_empty() {
            // Only a window with holes needs the record that explains them.
            let record = self.store.record_of(request, provider, strong).await?;
            let explains = |record: &CompletenessRecord| {
                let counts = staleness == Staleness::Accepted || request.now < record.expires_at;
                counts && (self.completeness.explained)(record, &missing, fetched_at)
            };
            let Some(record) = record.filter(explains) else { return Ok(None) };
            (fetched_at, counts_until) = (record.confirmed_at, counts_until.min(record.expires_at));
        }
        let candles = stored.into_iter().map(|stored| stored.candle).collect();
        Ok(Some(CompleteWindow { candles, fetched_at, counts_until, provider }))
    }

    /// Leaves those that may be served together, and gives when they were fetched. If they are not from one fetch, these are
    /// the newest one's: what an earlier one has left beside them counts as missing.
    fn of_one_fetch(&self, stored: &mut Vec<StoredCandle>) -> Option<DateTime<Utc>> {
        let fetched_at = &self.store.policies.items.fetched_at;
        let fetches: Vec<DateTime<Utc>> = stored.iter().map(|stored| fetched_at(stored)).collect();
        (self.completeness.one_fetch)(&fetches).or_else(|| {
            let newest = fetches.into_iter().max()?;
            stored.retain(|stored| fetched_at(stored) == newest);
            Some(newest)
        })
    }
}
