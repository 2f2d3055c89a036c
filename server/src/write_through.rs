//! Phase two of a miss: what was fetched goes into DynamoDB, after the answer is ready and outside its ceiling.
//!
//! Nothing here can fail a request (R3): what goes wrong is logged and counted, and the next miss tries again.

use std::collections::HashMap;

use tracing::{info, warn};

use crate::candle::{Candle, Stamp};
use crate::completeness::{absent, may_still_come};
use crate::fail_points::Place;
use crate::freshness::Storing;
use crate::providers::{Fetched, Provider};
use crate::request::{Expected, Request, Resolution};
use crate::server::Server;
use crate::store::items::StoredCandle;
use crate::store::{Claim, Lease, StoreError};

/// One thing that is left to do when an answer is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Give the lock back.
    Unlock,
    /// Write the candles.
    Write,
    /// Claim the window, if it has holes for good.
    Claim,
}

/// The lock protects the provider, not the write (R7): waiters look for the candles, not for the lock.
pub fn steps() -> &'static [Step] {
    &[Step::Unlock, Step::Write, Step::Claim]
}

/// What a write-through may be bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// The ceiling of its answer.
    Ceiling,
    /// The idleness of its instance.
    Idleness,
}

/// A write-through outlives the ceiling, and an instance is idle only when it is done (W, D23, D28).
pub fn bound_to(bond: Bond) -> bool {
    match bond {
        Bond::Ceiling => false,
        Bond::Idleness => true,
    }
}

/// Does what is left to do; nothing is claimed that was not written.
///
/// # Errors
/// When the candles could not be written; that is logged by then.
pub(crate) async fn persist(
    server: &Server,
    request: &Request,
    fetched: Fetched,
    lease: Option<Lease>,
) -> Result<(), StoreError> {
    server.fail_points.pass(Place::Write).map_err(|_| StoreError::Failed)?;
    let fence = lease.as_ref().map_or_else(|| server.store.next_fence(), |lease| lease.fence);
    let mut written = false;
    for step in (server.rules.write_through)() {
        match (step, &lease) {
            (Step::Unlock, Some(lease)) => server.store.unlock(lease).await,
            (Step::Unlock, None) => {}
            (Step::Write, _) => written = write(server, request, &fetched).await?,
            (Step::Claim, _) if written && (server.rules.whole_window)(fetched.harvest.rejected) => {
                claim(server, request, fetched.provider, &fetched.harvest.candles, fence).await;
            }
            (Step::Claim, _) => {}
        }
    }
    Ok(())
}

/// Writes what was fetched; true when it is in the table.
async fn write(server: &Server, request: &Request, fetched: &Fetched) -> Result<bool, StoreError> {
    let Fetched { provider, harvest, in_days } = fetched;
    let Some(resolution) = (server.rules.stored_as)(request, *in_days).filter(|_| !harvest.candles.is_empty()) else {
        return Ok(false);
    };
    if !(server.rules.outlives_invalidations)(request.invalidations, server.l1.invalidations()) {
        info!(outcome = "not_written", "an invalidation came between: what was fetched may be older");
        return Ok(false);
    }
    let candles = stored(server, request, *provider, resolution, &harvest.candles);
    let count = candles.len();
    match server.store.put_all(&candles).await {
        Ok(()) => info!(count, outcome = "written", "write-through complete"),
        Err(StoreError::BreakerOpen) => return Ok(false),
        Err(cause) => {
            warn!(count, %cause, outcome = "write_failed", "write-through failed; the answer was served without it");
            return Err(cause);
        }
    }
    Ok(true)
}

fn stored(
    server: &Server,
    request: &Request,
    provider: Provider,
    resolution: Resolution,
    candles: &[Candle],
) -> Vec<StoredCandle> {
    let rules = &server.rules;
    let expected: HashMap<Stamp, &Expected> =
        request.expected().iter().map(|expected| (expected.stamp, expected)).collect();
    let partition = (rules.partition_key)(&request.ticker, provider);
    let stored = |candle: &Candle| {
        let expected = expected.get(&candle.stamp);
        let storing = Storing { candle, expected: expected.copied(), request, writing_at: server.clock.now() };
        StoredCandle {
            partition: partition.clone(),
            resolution,
            candle: candle.clone(),
            fetched_at: request.now,
            is_closed: expected.is_none_or(|expected| expected.closes <= request.now),
            expires_at: (rules.item_expiry)(&storing, rules),
        }
    };
    candles.iter().map(stored).collect()
}

/// Claims that the window is complete although candles are absent. A window without holes needs no claim.
async fn claim(server: &Server, request: &Request, provider: Provider, candles: &[Candle], fence: i64) {
    let absent = (server.rules.settled)(absent(request, candles, &server.rules));
    if absent.is_empty() {
        return;
    }
    let trading = request.expected().last().is_some_and(|expected| request.now < expected.session_closes);
    let unfinished = trading || may_still_come(&absent, request, &server.rules);
    let ttl = if unfinished { server.rules.ttl_unfinished } else { server.rules.ttl_finished };
    let claim = Claim {
        fetched_at: request.now,
        absent: absent.iter().map(|expected| Claim::name(expected.stamp)).collect(),
        expires_at: request.now + ttl,
    };
    match server.store.claim(request, provider, &claim, fence).await {
        Ok(()) => info!(absent = claim.absent.len(), outcome = "claimed", "the window is complete but for these"),
        Err(StoreError::ConditionFailed) => {
            warn!(fence, outcome = "claim_refused", "a newer holder has claimed this window");
        }
        Err(cause) => warn!(%cause, outcome = "claim_failed", "the window could not be claimed as complete"),
    }
}
