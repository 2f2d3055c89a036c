//! Health and metrics, without credentials: for load balancers and scrapers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use serde_json::{Value, json};

use super::readiness::{Readiness, Told};
use crate::clock::Clock;
use crate::telemetry::Metrics;

/// What these endpoints reach.
pub(crate) struct HealthRoutes {
    pub(crate) readiness: Readiness,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) metrics: Arc<Metrics>,
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "Alive")))]
pub(super) async fn live() -> Json<Value> {
    Json(json!({"status": "alive"}))
}

/// Ready: the table answers, or the breaker is open and requests do without it.
#[utoipa::path(
    get,
    path = "/readyz",
    responses(
        (status = 200, description = "Ready; says whether the table is reachable or left alone by the breaker, and whether that was known before"),
        (status = 503, description = "The table does not answer"),
    ),
)]
pub(super) async fn ready(State(health): State<Arc<HealthRoutes>>) -> (StatusCode, Json<Value>) {
    let Told { table, known_before } = health.readiness.told(health.clock.now()).await;
    let status = if table.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let told =
        json!({"ready": table.is_ready(), "settings": "valid", "table": table.name(), "known_before": known_before});
    (status, Json(told))
}

/// The metrics, for Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, description = "Prometheus text format")))]
pub(super) async fn metrics(State(health): State<Arc<HealthRoutes>>) -> ([(HeaderName, &'static str); 1], String) {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], health.metrics.prometheus())
}
