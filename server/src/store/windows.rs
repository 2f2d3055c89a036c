//! Whether what DynamoDB holds is a whole answer: every expected candle, each still good, all from one fetch.
//!
//! Counting is not enough: each expected candle is looked for by name.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{CompletenessRecord, Store, StoreError};
use crate::candle::Candle;
use crate::completeness::CompletenessPolicy;
use crate::freshness::{FreshnessPolicy, stored_until};
use crate::providers::Provider;
use crate::request::Request;
use crate::store::items::StoredCandle;

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
        for provider in self.providers {
            let mut stored = self.store.candles(request, *provider, strong).await?;
            // What fills no bucket is none of this window's, however it came there.
            stored.retain(|stored| request.bucket_of(stored.candle.stamp).is_some());
            if staleness == Staleness::Refused {
                stored.retain(|stored| (self.freshness.still_good)(stored, request));
            }
            let Some(mut fetched_at) = self.of_one_fetch(&mut stored) else { continue };
            let ends = stored.iter().filter_map(|stored| stored_until(stored, request));
            let mut counts_until = ends.min().unwrap_or(request.now);
            let there = stored.iter().map(|stored| stored.candle.stamp).collect();
            let missing = (self.completeness.missing)(request, &there);
            if !missing.is_empty() {
                // Only a window with holes needs the record that explains them.
                let record = self.store.record_of(request, *provider, strong).await?;
                let explains = |record: &CompletenessRecord| {
                    let counts = staleness == Staleness::Accepted || request.now < record.expires_at;
                    counts && (self.completeness.explained)(record, &missing, fetched_at)
                };
                let Some(record) = record.filter(explains) else { continue };
                (fetched_at, counts_until) = (record.confirmed_at, counts_until.min(record.expires_at));
            }
            let candles = stored.into_iter().map(|stored| stored.candle).collect();
            return Ok(Some(CompleteWindow { candles, fetched_at, counts_until, provider: *provider }));
        }
        Ok(None)
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
