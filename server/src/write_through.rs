//! Phase two of a miss: what was fetched goes into DynamoDB, after the answer is ready and outside its deadline.
//!
//! Nothing here can fail a request: what goes wrong is logged and counted, and the next miss tries again.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tracing::{info, warn};

use crate::candle::Candle;
use crate::completeness::CompletenessPolicy;
use crate::fail_points::{FailPoints, Place};
use crate::freshness::FreshnessPolicy;
use crate::key::KeyPolicy;
use crate::l1::L1;
use crate::providers::{Fetched, Provider};
use crate::request::{Expected, Request, Resolution};
use crate::store::items::StoredCandle;
use crate::store::{CompletenessRecord, LatestAction, Lease, Store, StoreError};

/// Writes what was fetched.
pub(crate) struct WriteThrough {
    pub(crate) store: Arc<Store>,
    pub(crate) memory: Arc<L1>,
    pub(crate) keys: KeyPolicy,
    pub(crate) completeness: CompletenessPolicy,
    pub(crate) freshness: FreshnessPolicy,
    pub(crate) fail_points: Arc<FailPoints>,
}

impl WriteThrough {
    /// Gives the lock back, which protects the provider and not the write; writes the candles; and records that the window
    /// is complete. Nothing is recorded that was not written.
    ///
    /// # Errors
    /// When the candles could not be written; that is logged by then.
    pub(crate) async fn persist(
        &self,
        request: &Request,
        fetched: Fetched,
        lease: Option<Lease>,
    ) -> Result<(), StoreError> {
        self.fail_points.pass(Place::Write).map_err(|_| StoreError::Failed)?;
        let fence = lease.as_ref().map_or_else(|| self.store.next_fence(), |lease| lease.fence);
        if let Some(lease) = &lease {
            self.store.unlock(lease).await;
        }
        let there = fetched.parsed.candles.iter().map(|candle| candle.stamp).collect();
        let absent = (self.completeness.missing)(request, &there);
        // A window without holes needs no record.
        if let Some(fetched_at) = self.write(request, &fetched, &absent).await? {
            self.tell_of_action(request, &fetched).await;
            if !absent.is_empty() {
                self.record(request, &fetched, &absent, fetched_at, fence).await;
            }
        }
        Ok(())
    }

    /// Tells everybody of the latest split or dividend among what was fetched: what they fetched before it is outdated.
    async fn tell_of_action(&self, request: &Request, fetched: &Fetched) {
        let shown =
            fetched.parsed.candles.iter().filter(|candle| candle.adjusted.is_some_and(|adjusted| adjusted.on_ex_date));
        let Some(ex_date) = shown.map(|candle| request.day_of(candle.stamp)).max() else { return };
        let action = LatestAction { ex_date, known_at: request.now };
        let expires_at = action.ends(self.freshness.ttl_finished);
        if expires_at <= request.now {
            return;
        }
        match self.store.put_action(request, fetched.provider, &action, expires_at).await {
            Ok(()) => {
                info!(%ex_date, outcome = "action_known", "what was fetched before this split or dividend is outdated")
            }
            // It is known already, or a later one is.
            Err(StoreError::ConditionFailed) => {}
            Err(cause) => warn!(%ex_date, %cause, outcome = "action_not_told", "a split or dividend could not be told"),
        }
    }

    /// Writes what was fetched, unless just that is in the table; gives the instant of the fetch whose candles are there
    /// in the end, if they are.
    async fn write(
        &self,
        request: &Request,
        fetched: &Fetched,
        absent: &[Expected],
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let Fetched { provider, parsed, in_days } = fetched;
        let stored_as = (self.completeness.stored_as)(request.resolution, *in_days);
        let Some(resolution) = stored_as.filter(|_| !parsed.candles.is_empty()) else {
            return Ok(None);
        };
        if !self.memory.outlives(request.epoch) {
            info!(outcome = "not_written", "an invalidation came between: what was fetched may be older");
            return Ok(None);
        }
        let candles = self.stored(request, *provider, resolution, &parsed.candles);
        // Only a window that lacks some is fetched again although it is there.
        if !absent.is_empty()
            && let Some(fetched_at) = self.there_already(request, *provider, &candles).await
        {
            info!(outcome = "unchanged", "the table holds just these candles");
            return Ok(self.memory.outlives(request.epoch).then_some(fetched_at));
        }
        let count = candles.len();
        match self.store.put_all(&candles).await {
            Ok(()) if !self.memory.outlives(request.epoch) => {
                info!(
                    count,
                    outcome = "write_taken_back",
                    "an invalidation came between: what was written may be older"
                );
                self.store.take_back(&candles).await;
                Ok(None)
            }
            Ok(()) => {
                info!(count, outcome = "written", "write-through complete");
                Ok(Some(request.now))
            }
            Err(StoreError::BreakerOpen) => Ok(None),
            Err(cause) => {
                warn!(count, %cause, outcome = "write_failed", "write-through failed; the answer was served without it");
                Err(cause)
            }
        }
    }

    /// When the candles in the table were fetched, if they are just these.
    async fn there_already(
        &self,
        request: &Request,
        provider: Provider,
        candles: &[StoredCandle],
    ) -> Option<DateTime<Utc>> {
        let mut there = self.store.candles(request, provider, true).await.ok()?;
        there.retain(|stored| (self.freshness.still_good)(stored, request));
        let newest = there.iter().map(StoredCandle::fetch).max_by_key(|fetch| fetch.at)?;
        // What an earlier fetch has left beside them is in nobody's way, if this one asked for its day.
        there.retain(|stored| stored.fetched_at == newest.at);
        (self.completeness.unchanged)(&there, candles).filter(|_| newest.covers_all(&request.window))
    }

    fn stored(
        &self,
        request: &Request,
        provider: Provider,
        resolution: Resolution,
        candles: &[Candle],
    ) -> Vec<StoredCandle> {
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let stored = |candle: &Candle| {
            let bucket = request.bucket_of(candle.stamp)?;
            Some(StoredCandle {
                partition: partition.clone(),
                resolution,
                candle: candle.clone(),
                fetched_at: request.now,
                fetched_window: Some(request.window),
                is_closed: bucket.closes <= request.now,
                expires_at: (self.freshness.item_expiry)(&bucket, request.now, &self.freshness),
            })
        };
        candles.iter().filter_map(stored).collect()
    }

    /// Records that the window is complete although candles are absent: a successful answer is complete in itself, and
    /// what it lacks does not exist, or not for a while.
    async fn record(
        &self,
        request: &Request,
        fetched: &Fetched,
        absent: &[Expected],
        fetched_at: DateTime<Utc>,
        fence: i64,
    ) {
        let Fetched { provider, parsed, .. } = fetched;
        let record = CompletenessRecord {
            fetched_at,
            confirmed_at: request.now,
            absent: absent.iter().map(|expected| CompletenessRecord::name(expected.stamp)).collect(),
            expires_at: (self.freshness.absence_expiry)(absent, parsed.rejected, request.now, &self.freshness),
        };
        match self.store.put_record(request, *provider, &record, fence).await {
            Ok(()) => info!(absent = absent.len(), outcome = "claimed", "the window is complete but for these"),
            Err(StoreError::ConditionFailed) => {
                warn!(fence, outcome = "claim_refused", "a newer holder has claimed this window");
            }
            Err(cause) => warn!(%cause, outcome = "claim_failed", "the window could not be claimed as complete"),
        }
    }
}
