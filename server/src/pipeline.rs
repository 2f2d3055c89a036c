//! The way to an answer that memory does not have: DynamoDB, the lock, a second look, the provider.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use tokio::time::Instant;
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, debug, warn};

use crate::answer::{Answer, Parts, Source};
use crate::candle::Candle;
use crate::completeness::{absent, may_still_come};
use crate::error::Failure;
use crate::fail_points::Place;
use crate::flights::{Found, nothing_to_write};
use crate::providers::Fetched;
use crate::request::Request;
use crate::rules::Rules;
use crate::server::Server;
use crate::store::{Judge, Lease, Lock, StoreError, Whole};
use crate::telemetry::{Layer, traced};
use crate::write_through::{self, Bond};

/// A waiter whose patience has ended fetches for itself: the holder may be dead (R7, D8).
///
/// # Errors
/// Never.
pub(crate) fn waited_in_vain(_rules: &Rules) -> Result<(), Failure> {
    Ok(())
}

impl Server {
    /// Finds the answer to a request, at the lowest price that gives a whole one.
    pub(crate) async fn look_up(self: Arc<Self>, request: Arc<Request>) -> Result<Found, Failure> {
        self.fail_points.pass(Place::LookUp)?;
        let began = Instant::now();
        let look = self.look_into_store(&request, self.rules.first_look_strong).await;
        let looked = look.is_ok();
        let found = match look {
            Ok(Some(found)) => Ok(found),
            // No time is left to agree with other instances: straight to the provider (D20).
            Ok(None) if began.elapsed() > self.rules.slow_look => self.fetch(&request, None).await,
            Ok(None) => self.agree_who_fetches(&request).await,
            // DynamoDB is not to be had: no lock, no poll, straight to the provider (D21, E1).
            Err(failed) if !(self.rules.lock_tried_after)(failed) => {
                (self.rules.read_failed)(failed)?;
                self.fetch(&request, None).await
            }
            Err(_) => self.agree_who_fetches(&request).await,
        };
        // The table answered the look-up in the end, or it did not: one of the two, however often it was looked into.
        match &found {
            Ok(Found { source: Source::DynamoDb, .. }) => self.metrics.cache_hit(Layer::DynamoDb),
            _ if looked => self.metrics.cache_miss(Layer::DynamoDb),
            _ => {}
        }
        found
    }

    /// Takes the lock and fetches, or waits for whoever has it.
    async fn agree_who_fetches(self: &Arc<Self>, request: &Arc<Request>) -> Result<Found, Failure> {
        match self.store.lock(request).await {
            Ok(Lock::Taken(lease)) => self.fetch_under(lease, request).await,
            Ok(Lock::Held) => match self.wait_for_holder(request).await? {
                Some(found) => Ok(found),
                None => self.fetch(request, None).await,
            },
            Err(_) => self.fetch(request, None).await,
        }
    }

    /// Fetches as the holder of the lock, unless somebody wrote the window between the first look and the lock (D5).
    async fn fetch_under(self: &Arc<Self>, lease: Lease, request: &Arc<Request>) -> Result<Found, Failure> {
        for _ in 0..self.rules.looks_under_lock {
            if let Ok(Some(found)) = self.look_again(request).await {
                self.store.unlock(&lease).await;
                return Ok(found);
            }
        }
        self.fetch(request, Some(lease)).await
    }

    /// Looks once more, for what somebody else may have written meanwhile.
    async fn look_again(&self, request: &Request) -> Result<Option<Found>, StoreError> {
        let look = self.look_into_store(request, self.rules.later_looks_strong).await;
        if self.rules.later_looks_counted && matches!(look, Ok(None)) {
            self.metrics.cache_miss(Layer::DynamoDb);
        }
        look
    }

    async fn look_into_store(&self, request: &Request, strong: bool) -> Result<Option<Found>, StoreError> {
        let look = self.store.whole(request, self.providers.names(), strong, Judge::Fresh);
        let Some(whole) = traced(Layer::DynamoDb, self.span(Layer::DynamoDb), look).await? else {
            return Ok(None);
        };
        let answer = self.answer_from_store(request, &whole);
        self.keep(request, &answer, Source::DynamoDb, self.fresh_until(request, &whole.candles));
        Ok(Some(Found { answer, source: Source::DynamoDb, written: nothing_to_write() }))
    }

    /// The answer that a whole window from the store makes.
    pub(crate) fn answer_from_store(&self, request: &Request, whole: &Whole) -> Arc<Answer> {
        let parts = Parts {
            candles: &whole.candles,
            provider: Some(whole.provider),
            fetched_at: whole.fetched_at,
            fresh_until: self.fresh_until(request, &whole.candles),
            in_days: false,
        };
        Answer::new(request, &parts, &self.rules)
    }

    /// Looks for the holder's candles until they are there, or patience ends (D4, D8).
    async fn wait_for_holder(&self, request: &Request) -> Result<Option<Found>, Failure> {
        debug!(outcome = "waiting", "another instance is fetching this");
        for _ in 0..self.rules.lock_polls {
            tokio::time::sleep(self.rules.lock_poll_every).await;
            match self.look_again(request).await {
                Ok(None) => {}
                Ok(found) => return Ok(found),
                Err(_) => return Ok(None),
            }
        }
        warn!(outcome = "waited_in_vain", "the holder of the lock did not deliver; fetching it ourselves");
        (self.rules.waited_in_vain)(&self.rules).map(|()| None)
    }

    async fn fetch(self: &Arc<Self>, request: &Arc<Request>, lease: Option<Lease>) -> Result<Found, Failure> {
        let asking = traced(Layer::Provider, self.span(Layer::Provider), self.ask_providers(request));
        let fetched = match asking.await {
            Ok(fetched) => fetched,
            Err(failure) => {
                if let Some(lease) = lease {
                    self.store.unlock(&lease).await;
                }
                return Err(failure);
            }
        };
        let Fetched { provider, harvest, in_days } = &fetched;
        let asked = if *in_days { request.in_days() } else { Request::clone(request) };
        let fresh_until = self.fresh_until(&asked, &harvest.candles);
        let parts = Parts {
            candles: &harvest.candles,
            provider: Some(*provider),
            fetched_at: request.now,
            fresh_until,
            in_days: *in_days,
        };
        let answer = Answer::new(request, &parts, &self.rules);
        // One that lacks a bad candle is not the whole window.
        if (self.rules.worth_keeping)(harvest) && (self.rules.whole_window)(harvest.rejected) {
            self.keep(request, &answer, Source::Provider(*provider), fresh_until);
        }
        let (server, request, source) = (Arc::clone(self), Arc::clone(request), Source::Provider(*provider));
        let busy = (self.rules.write_bound_to)(Bond::Idleness).then(|| self.tasks.token());
        let write = async move {
            let written = write_through::persist(&server, &request, fetched, lease).await;
            drop(busy);
            written
        };
        let written = tokio::spawn(write.instrument((self.rules.task_span)()).with_current_subscriber());
        let written = written.map(|ended| ended.unwrap_or(Err(StoreError::Failed)));
        Ok(Found { answer, source, written: written.boxed().shared() })
    }

    async fn ask_providers(&self, request: &Request) -> Result<Fetched, Failure> {
        let fetched = self
            .providers
            .fetch(request)
            .await
            .map_err(|problem| (self.rules.provider_failure)(problem, request, &self.rules))?;
        if fetched.harvest.candles.is_empty() {
            (self.rules.empty_answer)(request)?;
        }
        Ok(fetched)
    }

    fn keep(&self, request: &Request, answer: &Arc<Answer>, source: Source, fresh_until: DateTime<Utc>) {
        if !(self.rules.kept_from)(source) {
            return;
        }
        let key = (self.rules.kept_under)(request, self.clock.now(), &self.rules);
        let expires_at = (self.rules.l1_expiry)(fresh_until, request, &self.rules);
        let meant = |invalidations| (self.rules.outlives_invalidations)(request.invalidations, invalidations);
        self.l1.put(key, Arc::clone(answer), expires_at, meant);
    }

    /// Until when these candles answer the request: a short while only, if one is missing that may merely be late.
    fn fresh_until(&self, request: &Request, candles: &[Candle]) -> DateTime<Utc> {
        match may_still_come(&absent(request, candles, &self.rules), request, &self.rules) {
            true => request.fresh_until().min(request.now + self.rules.ttl_unfinished),
            false => request.fresh_until(),
        }
    }
}
