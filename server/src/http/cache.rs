//! The cache's own endpoints: invalidation of every layer at once, and counts.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;
use utoipa::ToSchema;

use super::auth::{Authority, Gatekeeper};
use super::body::{Asked, BodyPolicy, whole};
use super::openapi::Problem;
use crate::clock::Clock;
use crate::error::Failure;
use crate::invalidation::{Cleared, Invalidation};
use crate::l1::L1;
use crate::request::RequestPolicy;
use crate::store::Store;
use crate::telemetry::{Layer, Metrics};

/// What these endpoints reach.
pub(crate) struct CacheRoutes {
    pub(crate) bodies: BodyPolicy,
    pub(crate) requests: RequestPolicy,
    pub(crate) gatekeeper: Arc<Gatekeeper>,
    pub(crate) invalidation: Invalidation,
    pub(crate) memory: Arc<L1>,
    pub(crate) store: Arc<Store>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) tasks: TaskTracker,
    pub(crate) clock: Arc<dyn Clock>,
}

/// What was invalidated, per layer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Invalidated {
    in_memory: usize,
    dynamodb: usize,
}

/// What the instance holds and does.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Stats {
    /// Answers in memory.
    in_memory_entries: usize,
    /// Answers evicted from memory so far to make room.
    in_memory_evictions: usize,
    /// Requests that memory answered.
    in_memory_hits: u64,
    /// Requests that it did not.
    in_memory_misses: u64,
    /// Look-ups past memory that the table answered.
    dynamodb_hits: u64,
    /// Look-ups that it did not.
    dynamodb_misses: u64,
    /// Look-ups and write-throughs under way.
    under_way: usize,
    /// Tasks of its runtime that have not ended, of connections too.
    tasks: usize,
    /// Whether DynamoDB is left alone for now.
    breaker_open: bool,
}

/// Invalidates one ticker, or everything, in every layer.
#[utoipa::path(
    post,
    path = "/api/v2/cache/invalidate",
    request_body = Asked,
    responses(
        (status = 200, description = "How many entries went, per layer", body = Invalidated),
        (status = 400, description = "The body or the ticker is not valid", body = Problem),
        (status = 401, description = "No valid credentials", body = Problem),
        (status = 403, description = "Not an admin token", body = Problem),
        (status = 408, description = "The body did not arrive in time", body = Problem),
        (status = 503, description = "DynamoDB could not be cleared; memory was", body = Problem),
    ),
    security(("bearer" = [])),
)]
pub(super) async fn invalidate(
    State(cache): State<Arc<CacheRoutes>>,
    // The whole request, because its body is not to be read before its head is known to be good.
    sent: Request,
) -> Result<Json<Invalidated>, Failure> {
    cache.gatekeeper.admit(sent.headers(), cache.gatekeeper.policy.invalidates)?;
    let body = whole(sent.into_body(), &cache.bodies).await?;
    let Asked { ticker } = (cache.bodies.asked)(&body).ok_or(Failure::InvalidBody)?;
    let ticker = match &ticker {
        Some(text) => Some((cache.requests.ticker)(text).ok_or_else(|| Failure::invalid_ticker(text))?),
        None => None,
    };
    let Cleared { in_memory, dynamodb } = cache.invalidation.invalidate(ticker.as_deref()).await?;
    Ok(Json(Invalidated { in_memory, dynamodb }))
}

/// Counts of this instance.
#[utoipa::path(
    get,
    path = "/api/v2/cache/stats",
    responses(
        (status = 200, description = "Counts of this instance", body = Stats),
        (status = 401, description = "No valid credentials", body = Problem),
    ),
    security(("bearer" = [])),
)]
pub(super) async fn stats(State(cache): State<Arc<CacheRoutes>>, headers: HeaderMap) -> Result<Json<Stats>, Failure> {
    cache.gatekeeper.admit(&headers, Authority::Reader)?;
    let (in_memory_hits, in_memory_misses) = cache.metrics.looks(Layer::InMemory);
    let (dynamodb_hits, dynamodb_misses) = cache.metrics.looks(Layer::DynamoDb);
    Ok(Json(Stats {
        in_memory_entries: cache.memory.len(),
        in_memory_evictions: cache.memory.evictions(),
        in_memory_hits,
        in_memory_misses,
        dynamodb_hits,
        dynamodb_misses,
        under_way: cache.tasks.len(),
        tasks: Handle::current().metrics().num_alive_tasks(),
        breaker_open: cache.store.breaker().is_open(cache.clock.now()),
    }))
}
