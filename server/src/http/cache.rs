//! The cache's own endpoints: invalidation of every layer at once (R2), and counts.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use tracing::{error, info};
use utoipa::ToSchema;

use super::openapi::Problem;
use crate::cache_layer::CacheLayer;
use crate::error::Failure;
use crate::server::Server;
use crate::store::StoreError;
use crate::telemetry::Layer;

/// What to invalidate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Invalidation {
    /// One ticker; everything when it is left out.
    #[schema(example = "AAPL")]
    ticker: Option<String>,
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
    /// Whether DynamoDB is left alone for now.
    breaker_open: bool,
}

/// Invalidates one ticker, or everything, in every layer.
#[utoipa::path(
    post,
    path = "/api/v2/cache/invalidate",
    request_body = Invalidation,
    responses(
        (status = 200, description = "How many entries went, per layer", body = Invalidated),
        (status = 400, description = "The body or the ticker is not valid", body = Problem),
        (status = 401, description = "No valid credentials", body = Problem),
        (status = 403, description = "Not an admin token", body = Problem),
        (status = 503, description = "DynamoDB could not be cleared; memory was", body = Problem),
    ),
    security(("bearer" = [])),
)]
pub(super) async fn invalidate(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Invalidated>, Failure> {
    server.gatekeeper.admit_to(&headers, (server.rules.authority_to_invalidate)())?;
    // A body that is too long is as little a valid one as any other.
    let body = body.map_err(|_| Failure::InvalidBody)?;
    let asked: Invalidation = serde_json::from_slice(&body).map_err(|_| Failure::InvalidBody)?;
    let ticker = match &asked.ticker {
        Some(text) => Some((server.rules.ticker)(text).ok_or_else(|| Failure::invalid_ticker(text))?),
        None => None,
    };
    let meant = |about: &str| ticker.as_deref().is_none_or(|asked| (server.rules.is_about)(about, asked));
    server.l1.overtake();
    let (mut in_memory, mut cleared) = (0, Ok(0));
    for layer in (server.rules.invalidated_layers)() {
        match layer {
            CacheLayer::InMemory => in_memory = server.l1.invalidate(meant),
            CacheLayer::DynamoDb => cleared = server.clear_table(ticker.as_deref()).await,
        }
    }
    let dynamodb = cleared.map_err(|cause| {
        error!(%cause, outcome = "invalidation_incomplete", "DynamoDB could not be cleared");
        Failure::Unavailable { retry_after: server.rules.retry_after }
    })?;
    info!(ticker, in_memory, dynamodb, outcome = "invalidated", "cache invalidated");
    Ok(Json(Invalidated { in_memory, dynamodb }))
}

impl Server {
    async fn clear_table(&self, ticker: Option<&str>) -> Result<usize, StoreError> {
        match ticker {
            Some(ticker) => self.store.invalidate_ticker(ticker).await,
            None => self.store.invalidate_all().await,
        }
    }
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
pub(super) async fn stats(State(server): State<Arc<Server>>, headers: HeaderMap) -> Result<Json<Stats>, Failure> {
    server.gatekeeper.admit(&headers)?;
    let (in_memory_hits, in_memory_misses) = server.metrics.looks(Layer::InMemory);
    let (dynamodb_hits, dynamodb_misses) = server.metrics.looks(Layer::DynamoDb);
    Ok(Json(Stats {
        in_memory_entries: server.l1.len(),
        in_memory_evictions: server.l1.evictions(),
        in_memory_hits,
        in_memory_misses,
        dynamodb_hits,
        dynamodb_misses,
        under_way: server.tasks.len(),
        breaker_open: server.store.breaker().is_open(server.clock.now()),
    }))
}
