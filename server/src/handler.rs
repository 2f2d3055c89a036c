//! A request's two phases: an answer within the deadline, then a bounded wait for its write-through.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::answer::{Answer, Source};
use crate::answers::Answers;
use crate::cache_layer::CacheLayer;
use crate::error::Failure;
use crate::flights::Flights;
use crate::key::KeyPolicy;
use crate::l1::L1;
use crate::look_up::Pipeline;
use crate::policy::policy;
use crate::request::Request;
use crate::store::{Staleness, Windows};
use crate::telemetry::{Layer, Metrics, traced, traced_at_once};

policy! {
    /// How long an answer may take, and what is served when it takes longer.
    DeadlinePolicy "deadline" {
        values {
            /// How long an answer may take; past it, whatever is at hand is served.
            deadline: Duration = Duration::from_secs(5), setting "OHLC_CEILING", from "decisions.md#ceiling";
            /// What the deadline must leave after a provider's timeout.
            margin: Duration = Duration::from_millis(800), setting "OHLC_CEILING_MARGIN", from "decisions.md#ceiling-margin";
            /// How long DynamoDB is asked once more when the deadline has passed and memory has nothing.
            last_look: Duration = Duration::from_millis(100), setting "OHLC_LAST_LOOK", from "decisions.md#last-look";
            /// How long an answer that is ready waits for its own write-through, so that the next instance already reads it.
            /// Then the response is sent, and the write continues in the background.
            write_wait: Duration = Duration::from_secs(1), setting "OHLC_WRITE_WAIT", from "decisions.md#write-wait";
            /// Where something of any age is looked for when nothing better is to be had: first where it costs nothing.
            at_hand: &'static [CacheLayer] = &[CacheLayer::InMemory, CacheLayer::DynamoDb],
                or "memory alone: faster, and another instance's answers are not found", from "decisions.md#at-hand";
        }
    }
}

/// An answer, and where it came from.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    pub(crate) answer: Arc<Answer>,
    pub(crate) source: Source,
}

/// Answers requests.
pub(crate) struct Handler {
    pub(crate) policy: DeadlinePolicy,
    pub(crate) keys: KeyPolicy,
    /// What a client is told to wait when nothing could be served.
    pub(crate) retry_after: Duration,
    pub(crate) memory: Arc<L1>,
    pub(crate) windows: Arc<Windows>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) flights: Flights,
    pub(crate) pipeline: Arc<Pipeline>,
    pub(crate) metrics: Arc<Metrics>,
}

impl Handler {
    /// Answers a request.
    pub(crate) async fn serve(&self, request: &Arc<Request>) -> Result<Served, Failure> {
        if let Some(answer) = self.look_into_memory(request) {
            self.metrics.looked(Layer::InMemory, 1, 0);
            return Ok(Served { answer, source: Source::InMemory });
        }
        if request.expected().is_empty() {
            return Ok(Served { answer: self.answers.of_no_session(request), source: Source::Nowhere });
        }
        self.metrics.looked(Layer::InMemory, 0, 1);

        let key = (self.keys.flight_key)(request);
        let look_up = || Arc::clone(&self.pipeline).look_up(Arc::clone(request));
        let failure = match timeout(self.policy.deadline, self.flights.join(&key, look_up)).await {
            Ok(Ok(found)) => {
                // DynamoDB write failures fail open: they are logged and counted where they happen.
                let _ = timeout(self.policy.write_wait, found.written).await;
                return Ok(Served { answer: found.answer, source: found.source });
            }
            Ok(Err(failure @ Failure::UnknownTicker { .. })) => return Err(failure),
            Ok(Err(failure)) => failure,
            Err(_) => Failure::Unavailable { retry_after: self.retry_after },
        };
        // Boxed, because the way into the table takes kilobytes that a hit in memory would only carry along.
        Box::pin(self.at_hand(request)).await.ok_or(failure)
    }

    fn look_into_memory(&self, request: &Request) -> Option<Arc<Answer>> {
        traced_at_once(Layer::InMemory, || self.memory.fresh(&request.cache_key, request.now))
    }

    /// Whatever the caches hold of any age, but whole.
    async fn at_hand(&self, request: &Request) -> Option<Served> {
        for layer in self.policy.at_hand {
            let answer = match layer {
                CacheLayer::InMemory => {
                    let known = self.memory.any(&request.cache_key);
                    known.map(|entry| self.answers.stale(request, &entry.answer, entry.expires_at))
                }
                CacheLayer::DynamoDb => {
                    let found = self.last_look(request).await;
                    found.map(|answer| self.answers.stale(request, &answer, answer.fresh_until))
                }
            };
            if let Some(answer) = answer {
                return Some(Served { answer, source: Source::Stale });
            }
        }
        None
    }

    async fn last_look(&self, request: &Request) -> Option<Arc<Answer>> {
        let look = traced(Layer::DynamoDb, self.windows.complete(request, false, Staleness::Accepted));
        let window = timeout(self.policy.last_look, look).await.ok()?.ok()??;
        Some(self.answers.of_window(request, &window))
    }
}
