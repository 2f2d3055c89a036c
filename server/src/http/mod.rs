//! HTTP: the routes, and what every answer has in common.

pub mod auth;
mod cache;
#[cfg(feature = "test-controls")]
mod controls;
pub mod dashboard;
pub mod envelope;
mod health;
mod ohlc;
mod openapi;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use tower_layer::layer_fn;

use self::envelope::Envelope;
use crate::error::Failure;
use crate::server::Server;

/// The routes of one instance.
pub fn router(server: Arc<Server>) -> Router {
    let wrapped = Arc::clone(&server);
    let envelope = layer_fn(move |inner| Envelope { inner, server: Arc::clone(&wrapped) });
    let routes = Router::new()
        .route("/api/v2/tickers/{ticker}/ohlc", get(ohlc::ohlc))
        .route("/api/v2/cache/invalidate", post(cache::invalidate))
        .route("/api/v2/cache/stats", get(cache::stats))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(openapi::document))
        .merge(dashboard::routes(server.dashboard.clone()));
    #[cfg(feature = "test-controls")]
    let routes = routes.merge(controls::routes());
    routes
        .fallback(|| async { Failure::NoSuchRoute })
        .method_not_allowed_fallback(|| async { Failure::MethodNotAllowed })
        .layer(envelope)
        .with_state(server)
}
