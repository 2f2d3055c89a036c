//! Phase two of a miss: what was fetched goes into DynamoDB, after the answer is ready and outside its deadline.
//!
//! Nothing here can fail a request: what goes wrong is logged and counted, and the next miss tries again.

use std::collections::HashMap;
use std::sync::Arc;

use tracing::{info, warn};

use crate::candle::{Candle, Stamp};
use crate::completeness::{CompletenessPolicy, may_still_come};
use crate::fail_points::{FailPoints, Place};
use crate::freshness::FreshnessPolicy;
use crate::key::KeyPolicy;
use crate::l1::L1;
use crate::providers::{Fetched, Provider};
use crate::request::{Expected, Request, Resolution};
use crate::store::items::StoredCandle;
use crate::store::{CompletenessRecord, Lease, Store, StoreError};

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
        if self.write(request, &fetched).await? && (self.completeness.whole_window)(fetched.parsed.rejected) {
            self.record(request, fetched.provider, &fetched.parsed.candles, fence).await;
        }
        Ok(())
    }

    /// Writes what was fetched; true when it is in the table.
    async fn write(&self, request: &Request, fetched: &Fetched) -> Result<bool, StoreError> {
        let Fetched { provider, parsed, in_days } = fetched;
        let stored_as = (self.completeness.stored_as)(request.resolution, *in_days);
        let Some(resolution) = stored_as.filter(|_| !parsed.candles.is_empty()) else {
            return Ok(false);
        };
        if !self.memory.outlives(request.epoch) {
            info!(outcome = "not_written", "an invalidation came between: what was fetched may be older");
            return Ok(false);
        }
        let candles = self.stored(request, *provider, resolution, &parsed.candles);
        let count = candles.len();
        match self.store.put_all(&candles).await {
            Ok(()) if !self.memory.outlives(request.epoch) => {
                info!(
                    count,
                    outcome = "write_taken_back",
                    "an invalidation came between: what was written may be older"
                );
                self.store.take_back(&candles).await;
                Ok(false)
            }
            Ok(()) => {
                info!(count, outcome = "written", "write-through complete");
                Ok(true)
            }
            Err(StoreError::BreakerOpen) => Ok(false),
            Err(cause) => {
                warn!(count, %cause, outcome = "write_failed", "write-through failed; the answer was served without it");
                Err(cause)
            }
        }
    }

    fn stored(
        &self,
        request: &Request,
        provider: Provider,
        resolution: Resolution,
        candles: &[Candle],
    ) -> Vec<StoredCandle> {
        let expected: HashMap<Stamp, &Expected> =
            request.expected().iter().map(|expected| (expected.stamp, expected)).collect();
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let stored = |candle: &Candle| {
            let expected = expected.get(&candle.stamp).copied();
            StoredCandle {
                partition: partition.clone(),
                resolution,
                candle: candle.clone(),
                fetched_at: request.now,
                is_closed: expected.is_none_or(|expected| expected.closes <= request.now),
                expires_at: (self.freshness.item_expiry)(expected, request.now, &self.freshness),
            }
        };
        candles.iter().map(stored).collect()
    }

    /// Records that the window is complete although candles are absent: a successful answer is complete in itself, and
    /// what it lacks does not exist. A window without holes needs no record.
    async fn record(&self, request: &Request, provider: Provider, candles: &[Candle], fence: i64) {
        let there = candles.iter().map(|candle| candle.stamp).collect();
        let absent = (self.completeness.missing)(request, &there);
        if absent.is_empty() {
            return;
        }
        let FreshnessPolicy { ttl_finished, ttl_unfinished, absence_settles, .. } = &self.freshness;
        let trading = request.expected().last().is_some_and(|expected| request.now < expected.session_closes);
        let unfinished = trading || may_still_come(&absent, request.now, *absence_settles);
        let record = CompletenessRecord {
            fetched_at: request.now,
            absent: absent.iter().map(|expected| CompletenessRecord::name(expected.stamp)).collect(),
            expires_at: request.now + if unfinished { *ttl_unfinished } else { *ttl_finished },
        };
        match self.store.put_record(request, provider, &record, fence).await {
            Ok(()) => info!(absent = absent.len(), outcome = "claimed", "the window is complete but for these"),
            Err(StoreError::ConditionFailed) => {
                warn!(fence, outcome = "claim_refused", "a newer holder has claimed this window");
            }
            Err(cause) => warn!(%cause, outcome = "claim_failed", "the window could not be claimed as complete"),
        }
    }
}
