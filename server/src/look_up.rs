//! The way to an answer that memory does not have: DynamoDB, the lock, a second look, the provider.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};
use tracing::{debug, warn};

use crate::answer::Source;
use crate::answers::Answers;
use crate::error::Failure;
use crate::fail_points::{FailPoints, Place};
use crate::fetch::Fetch;
use crate::flights::{Found, nothing_to_write};
use crate::policy::policy;
use crate::request::Request;
use crate::store::{Lease, Lock, Staleness, Store, StoreError, Windows};
use crate::telemetry::{Layer, Metrics, traced};

policy! {
    /// How a look-up goes from DynamoDB to the provider.
    LookUpPolicy "look_up" {
        values {
            /// Whether the first look into DynamoDB is strongly consistent.
            first_look_strong: bool = false, or "strongly consistent: twice the price on the happy path", from "decisions.md#first-look-strong";
            /// Whether waiters and the second look read strongly consistent.
            later_looks_strong: bool = true, or "eventually consistent: half the price, and the holder's candles may not be seen", from "decisions.md#later-looks-strong";
            /// How often whoever has taken the lock looks into DynamoDB once more before asking the provider.
            looks_under_lock: u32 = 1, or "none: a window that was written between look and lock is fetched again", from "decisions.md#looks-under-lock";
            /// A first look into DynamoDB that took longer leaves no time for the lock: the provider is asked at once.
            slow_look: Duration = Duration::from_secs(1), setting "OHLC_SLOW_LOOK", from "decisions.md#slow-look";
            /// How often a waiter looks for the holder's candles before it fetches them itself.
            lock_polls: u32 = 15, setting "OHLC_LOCK_POLLS", from "decisions.md#lock-polls";
            /// The pause before each of these looks.
            lock_poll_every: Duration = Duration::from_millis(200), setting "OHLC_LOCK_POLL_EVERY", from "decisions.md#lock-poll-every";
        }
        functions {
            /// Whether the lock is tried after a first look that found nothing: given how long that took, or how it failed, and
            /// slow_look.
            locks_after: fn(Result<Duration, StoreError>, Duration) -> bool = locks_after,
                decides "after a look that answered within slow_look; else straight to the provider",
                shows [(Ok(Duration::ZERO), Duration::from_secs(1)), (Err(StoreError::Failed), Duration::from_secs(1))],
                from "decisions.md#lock-tried-after";
            /// How long a look-up may take until a waiter fetches by itself, given lock_polls, lock_poll_every and slow_look.
            patience: fn(u32, Duration, Duration) -> Duration = patience,
                decides "as long as its looks take in a table that answers at once, and slow_look",
                shows [(15, Duration::from_millis(200), Duration::from_secs(1)), (1, Duration::from_millis(200), Duration::from_secs(1))],
                from "decisions.md#patience-of-a-waiter";
            /// The hits and misses of a look-up, given how many of its looks found nothing, and whether the last one found it.
            counted: fn(u32, bool) -> (u64, u64) = counted, decides "one hit or one miss, however often it looked",
                shows [(1, true), (1, false)], from "decisions.md#later-looks-counted";
        }
    }
}

/// A table that did not answer a look will not give a lock either; and after one that took long no time is left to agree
/// with other instances.
pub fn locks_after(looked: Result<Duration, StoreError>, slow_look: Duration) -> bool {
    looked.is_ok_and(|took| took <= slow_look)
}

/// In a slow table so many looks would outlast the deadline, and a dead holder would cost everybody his answer.
pub fn patience(lock_polls: u32, lock_poll_every: Duration, slow_look: Duration) -> Duration {
    lock_poll_every.saturating_mul(lock_polls).saturating_add(slow_look)
}

/// The table answered the look-up in the end, or it did not; or it failed, which is neither.
pub fn counted(empty_looks: u32, found: bool) -> (u64, u64) {
    (found.into(), (!found && empty_looks > 0).into())
}

/// Finds answers at the lowest price.
pub(crate) struct Pipeline {
    pub(crate) policy: LookUpPolicy,
    pub(crate) store: Arc<Store>,
    pub(crate) windows: Arc<Windows>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) fetch: Fetch,
    pub(crate) fail_points: Arc<FailPoints>,
    pub(crate) metrics: Arc<Metrics>,
}

impl Pipeline {
    /// Finds the answer to a request, at the lowest price that gives a whole one.
    pub(crate) async fn look_up(self: Arc<Self>, request: Arc<Request>) -> Result<Found, Failure> {
        self.fail_points.pass(Place::LookUp)?;
        let mut look_up = LookUp { pipeline: &self, request: &request, began: Instant::now(), empty_looks: 0 };
        let found = look_up.find().await;
        let in_table = matches!(&found, Ok(Found { source: Source::DynamoDb, .. }));
        let (hits, misses) = (self.policy.counted)(look_up.empty_looks, in_table);
        self.metrics.looked(Layer::DynamoDb, hits, misses);
        found
    }
}

/// One request on its way.
struct LookUp<'a> {
    pipeline: &'a Pipeline,
    request: &'a Arc<Request>,
    began: Instant,
    /// How many looks into DynamoDB found nothing.
    empty_looks: u32,
}

impl LookUp<'_> {
    async fn find(&mut self) -> Result<Found, Failure> {
        let policy = &self.pipeline.policy;
        let looked = match self.look(policy.first_look_strong).await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => Ok(self.began.elapsed()),
            Err(failed) => Err(failed),
        };
        match (policy.locks_after)(looked, policy.slow_look) {
            true => self.agree_who_fetches().await,
            false => self.fetch(None).await,
        }
    }

    /// Takes the lock and fetches, or waits for whoever has it.
    async fn agree_who_fetches(&mut self) -> Result<Found, Failure> {
        match self.pipeline.store.lock(self.request).await {
            Ok(Lock::Taken(lease)) => self.fetch_under(lease).await,
            // What may have been taken is given back with the rest: nobody else should wait for its lease to end.
            Ok(Lock::Unknown(lease)) => self.fetch(Some(lease)).await,
            Ok(Lock::Held) => {
                let LookUpPolicy { patience, lock_polls, lock_poll_every, slow_look, .. } = &self.pipeline.policy;
                let left = patience(*lock_polls, *lock_poll_every, *slow_look).saturating_sub(self.began.elapsed());
                match timeout(left, self.wait_for_holder()).await {
                    Ok(Some(found)) => Ok(found),
                    Ok(None) | Err(_) => {
                        warn!(
                            outcome = "waited_in_vain",
                            "the holder of the lock did not deliver; fetching it ourselves"
                        );
                        self.fetch(None).await
                    }
                }
            }
            Err(_) => self.fetch(None).await,
        }
    }

    /// Fetches as the holder of the lock, unless somebody wrote the window between the first look and the lock.
    async fn fetch_under(&mut self, lease: Lease) -> Result<Found, Failure> {
        for _ in 0..self.pipeline.policy.looks_under_lock {
            if let Ok(Some(found)) = self.look(self.pipeline.policy.later_looks_strong).await {
                self.pipeline.store.unlock(&lease).await;
                return Ok(found);
            }
        }
        self.fetch(Some(lease)).await
    }

    /// Looks for the holder's candles until they are there, or patience ends: the holder may be dead.
    async fn wait_for_holder(&mut self) -> Option<Found> {
        let policy = &self.pipeline.policy;
        debug!(outcome = "waiting", "another instance is fetching this");
        for _ in 0..policy.lock_polls {
            tokio::time::sleep(policy.lock_poll_every).await;
            match self.look(policy.later_looks_strong).await {
                Ok(None) => {}
                Ok(found) => return found,
                Err(_) => return None,
            }
        }
        None
    }

    /// Looks into DynamoDB for the whole window.
    async fn look(&mut self, strong: bool) -> Result<Option<Found>, StoreError> {
        let Pipeline { windows, answers, .. } = self.pipeline;
        let look = windows.complete(self.request, strong, Staleness::Refused);
        let Some(window) = traced(Layer::DynamoDb, look).await? else {
            self.empty_looks += 1;
            return Ok(None);
        };
        let answer = answers.of_window(self.request, &window);
        answers.keep(self.request, &answer);
        Ok(Some(Found { answer, source: Source::DynamoDb, written: nothing_to_write() }))
    }

    async fn fetch(&self, lease: Option<Lease>) -> Result<Found, Failure> {
        self.pipeline.fetch.fetch(self.request, lease).await
    }
}
