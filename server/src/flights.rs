//! Single flight: requests for one key that are under way together share one look-up, and its outcome.
//!
//! The look-up is a task of its own: it goes on when its first visitor leaves, or when the ceiling cuts his wait, so
//! that the next one finds its answer.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio_util::task::TaskTracker;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

use crate::answer::{Answer, Source};
use crate::error::Failure;
use crate::rules::Rules;
use crate::store::StoreError;

/// What a look-up found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The answer.
    pub(crate) answer: Arc<Answer>,
    /// Where it came from.
    pub(crate) source: Source,
    /// Resolves when nothing is left to be written, or it could not be.
    pub(crate) written: Written,
}

/// A write-through, done or under way.
pub(crate) type Written = Shared<BoxFuture<'static, Result<(), StoreError>>>;

/// A write-through with nothing to write.
pub(crate) fn nothing_to_write() -> Written {
    futures_util::future::ready(Ok(())).boxed().shared()
}

type Flight = Shared<BoxFuture<'static, Result<Found, Failure>>>;

/// Whether a failure is served to those, too, who ask when it is over. None is: it may have passed by then (E3, E4).
pub(crate) fn keeps(_failure: &Failure) -> bool {
    false
}

/// The look-ups under way.
#[derive(Debug, Clone)]
pub(crate) struct Flights {
    under_way: Arc<Mutex<HashMap<String, Flight>>>,
    rules: Arc<Rules>,
}

impl Flights {
    /// None yet.
    pub(crate) fn new(rules: Arc<Rules>) -> Self {
        Self { under_way: Arc::default(), rules }
    }

    /// Joins the look-up under way for `key`, or starts one.
    pub(crate) fn join<F>(&self, key: &str, tasks: &TaskTracker, start: impl FnOnce() -> F) -> Flight
    where
        F: Future<Output = Result<Found, Failure>> + Send + 'static,
    {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(key) {
            return flight.clone();
        }
        let mut landing = Landing { flights: self.clone(), key: Some(key.to_owned()) };
        let look_up = start();
        let task = async move {
            let outcome = look_up.await;
            if outcome.as_ref().is_err_and(|failure| (landing.flights.rules.kept_failure)(failure)) {
                landing.stay();
            }
            outcome
        };
        let task = tasks.spawn(task.instrument((self.rules.task_span)()).with_current_subscriber());
        let flight = task.map(|ended| ended.unwrap_or(Err(Failure::Internal))).boxed().shared();
        under_way.insert(key.to_owned(), flight.clone());
        flight
    }
}

/// Takes a flight off the list when it ends, whichever way.
struct Landing {
    flights: Flights,
    /// Which one, unless its outcome is kept.
    key: Option<String>,
}

impl Landing {
    fn stay(&mut self) {
        self.key = None;
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            self.flights.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        }
    }
}
