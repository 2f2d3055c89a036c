//! A request's two phases: an answer within the ceiling, then a bounded wait for its write-through.

use std::sync::Arc;

use tokio::time::timeout;
use tracing::Span;

use crate::answer::{Answer, Parts, Source};
use crate::cache_layer::CacheLayer;
use crate::error::Failure;
use crate::request::Request;
use crate::server::Server;
use crate::store::Judge;
use crate::telemetry::{Layer, traced, traced_at_once};
use crate::write_through::Bond;

/// An answer and how old it is.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    pub(crate) answer: Arc<Answer>,
    pub(crate) source: Source,
}

impl Server {
    /// Answers a request.
    pub(crate) async fn serve(self: &Arc<Self>, request: Arc<Request>) -> Result<Served, Failure> {
        if let Some(answer) = self.look_into_memory(&request) {
            self.metrics.cache_hit(Layer::InMemory);
            return Ok(Served { answer, source: Source::InMemory });
        }
        if request.expected().is_empty() {
            (self.rules.empty_answer)(&request)?;
            return Ok(self.nothing_to_expect(&request));
        }
        self.metrics.cache_miss(Layer::InMemory);

        let key = (self.rules.flight_key)(&request);
        let flight = self.flights.join(&key, &self.tasks, || Arc::clone(self).look_up(Arc::clone(&request)));
        let landed = async {
            let found = flight.await?;
            if (self.rules.write_bound_to)(Bond::Ceiling) {
                let _ = found.written.clone().await;
            }
            Ok(found)
        };
        let failure = match timeout(self.rules.ceiling, landed).await {
            Ok(Ok(found)) => {
                // Past this wait the write goes on by itself; the visitor does not.
                if let Ok(Err(failed)) = timeout(self.rules.write_wait, found.written).await {
                    (self.rules.write_failed)(failed)?;
                }
                return Ok(Served { answer: found.answer, source: found.source });
            }
            Ok(Err(failure @ Failure::UnknownTicker { .. })) => return Err(failure),
            Ok(Err(failure)) => failure,
            Err(_) => Failure::Unavailable { retry_after: self.rules.retry_after },
        };
        // Boxed, because the way into the table takes kilobytes that a hit in memory would only carry along.
        match Box::pin(self.at_hand(&request)).await {
            Some(served) => Ok(served),
            None => (self.rules.nothing_at_hand)(failure).map(|()| self.nothing_to_expect(&request)),
        }
    }

    fn look_into_memory(&self, request: &Request) -> Option<Arc<Answer>> {
        let look = || self.l1.fresh(&request.cache_key, request.now);
        traced_at_once(Layer::InMemory, &self.span(Layer::InMemory), look)
    }

    /// The span of what a layer does for the present request.
    pub(crate) fn span(&self, layer: Layer) -> Span {
        (self.rules.layer_span)(layer)
    }

    /// Weekend, holiday, before the open: an empty answer, and nobody is asked (G1, G2).
    fn nothing_to_expect(&self, request: &Request) -> Served {
        let parts = Parts {
            candles: &[],
            provider: None,
            fetched_at: request.now,
            fresh_until: request.fresh_until(),
            in_days: false,
        };
        Served { answer: Answer::new(request, &parts, &self.rules), source: Source::Nowhere }
    }

    /// Whatever the caches hold of any age, but whole (D25, D26).
    async fn at_hand(&self, request: &Request) -> Option<Served> {
        for layer in (self.rules.at_hand)() {
            let answer = match layer {
                CacheLayer::InMemory => self.l1.any(&request.cache_key),
                CacheLayer::DynamoDb => self.last_look(request).await,
            };
            if let Some(answer) = answer {
                return Some(Served { answer, source: Source::Stale });
            }
        }
        None
    }

    async fn last_look(&self, request: &Request) -> Option<Arc<Answer>> {
        let look = self.store.whole(request, self.providers.names(), false, Judge::Stale);
        let whole = timeout(self.rules.last_look, traced(Layer::DynamoDb, self.span(Layer::DynamoDb), look))
            .await
            .ok()?
            .ok()??;
        Some(self.answer_from_store(request, &whole))
    }
}
