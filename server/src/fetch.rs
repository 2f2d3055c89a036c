//! A fetch: the provider is asked, its answer is made and kept, and its write-through begins.

use std::sync::Arc;

use futures_util::FutureExt;
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, Span};

use crate::answer::Source;
use crate::answers::Answers;
use crate::error::Failure;
use crate::flights::{Found, Written};
use crate::providers::{Fetched, Providers};
use crate::request::Request;
use crate::store::{Lease, Store, StoreError};
use crate::telemetry::{Layer, traced};
use crate::write_through::WriteThrough;

/// Fetches from the providers.
pub(crate) struct Fetch {
    pub(crate) providers: Providers,
    pub(crate) store: Arc<Store>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) write_through: Arc<WriteThrough>,
    /// What an instance has under way: it is idle only when a write-through is done.
    pub(crate) tasks: TaskTracker,
}

impl Fetch {
    /// Fetches the answer to a request; a lease on its lock is given back when nobody needs to wait any more.
    pub(crate) async fn fetch(&self, request: &Arc<Request>, lease: Option<Lease>) -> Result<Found, Failure> {
        let fetched = match traced(Layer::Provider, self.providers.fetch(request)).await {
            Ok(fetched) => fetched,
            Err(failure) => {
                if let Some(lease) = lease {
                    self.store.unlock(&lease).await;
                }
                return Err(failure);
            }
        };
        let answer = self.answers.of_fetch(request, &fetched);
        self.answers.keep_fetch(request, &answer, &fetched);
        let source = Source::Provider(fetched.provider);
        Ok(Found { answer, source, written: self.begin_to_write(request, fetched, lease) })
    }

    /// Begins the write-through, which outlives the request, and its deadline.
    fn begin_to_write(&self, request: &Arc<Request>, fetched: Fetched, lease: Option<Lease>) -> Written {
        let (write_through, request) = (Arc::clone(&self.write_through), Arc::clone(request));
        let write = async move { write_through.persist(&request, fetched, lease).await };
        let written = self.tasks.spawn(write.instrument(Span::current()).with_current_subscriber());
        written.map(|ended| ended.unwrap_or(Err(StoreError::Failed))).boxed().shared()
    }
}
