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

use self::envelope::Envelope;
use crate::error::Failure;
use crate::server::Server;
use axum::Router;
use axum::routing::{get, post};

/// What one instance answers. The envelope is around the router and not a layer of it, which would cost every request
/// two boxes more.
pub(crate) fn service(server: Arc<Server>) -> Envelope<Router> {
    Envelope { inner: router(Arc::clone(&server)), server }
}

fn router(server: Arc<Server>) -> Router {
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
        .with_state(server)
}
