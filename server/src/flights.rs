//! Single flight: requests for one key that are under way together share one look-up, and its outcome.
//!
//! The look-up is a task of its own: it goes on when its first client leaves, or when the deadline cuts that wait, so
//! that the next one finds its answer.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, Span};

use crate::answer::{Answer, Source};
use crate::error::Failure;
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

/// The look-ups under way.
#[derive(Debug, Clone)]
pub(crate) struct Flights {
    under_way: Arc<Mutex<HashMap<String, Flight>>>,
    tasks: TaskTracker,
}

impl Flights {
    /// None yet. Those to come are told to `tasks`.
    pub(crate) fn new(tasks: TaskTracker) -> Self {
        Self { under_way: Arc::default(), tasks }
    }

    /// Joins the look-up under way for `key`, or starts one.
    pub(crate) fn join<F>(&self, key: &str, start: impl FnOnce() -> F) -> Flight
    where
        F: Future<Output = Result<Found, Failure>> + Send + 'static,
    {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(key) {
            return flight.clone();
        }
        let landing = Landing { flights: self.clone(), key: key.to_owned() };
        let look_up = start();
        let task = async move {
            let outcome = look_up.await;
            // Taken off the list when it ends, whichever way: a failure may have passed by the next request.
            drop(landing);
            outcome
        };
        let task = self.tasks.spawn(task.instrument(Span::current()).with_current_subscriber());
        let flight = task.map(|ended| ended.unwrap_or(Err(Failure::Internal))).boxed().shared();
        under_way.insert(key.to_owned(), flight.clone());
        flight
    }
}

/// Takes a flight off the list when it is dropped.
struct Landing {
    flights: Flights,
    key: String,
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.flights.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
