//! HTTP: the routes, and what every answer has in common.

pub mod auth;
pub mod body;
mod cache;
pub mod connections;
#[cfg(feature = "test-controls")]
mod controls;
pub mod dashboard;
pub mod envelope;
mod health;
pub mod host;
pub mod jwt;
mod ohlc;
mod openapi;
mod pace;
mod readiness;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub(crate) use self::cache::CacheRoutes;
pub(crate) use self::connections::Connections;
#[cfg(feature = "test-controls")]
pub(crate) use self::controls::Controls;
use self::dashboard::Dashboard;
use self::envelope::{Envelope, EnvelopeParts};
pub(crate) use self::health::HealthRoutes;
pub(crate) use self::ohlc::OhlcRoute;
pub use self::readiness::HealthPolicy;
pub(crate) use self::readiness::Readiness;
use crate::error::Failure;

/// What the routes reach.
pub(crate) struct Routes {
    pub(crate) ohlc: Arc<OhlcRoute>,
    pub(crate) cache: Arc<CacheRoutes>,
    pub(crate) health: Arc<HealthRoutes>,
    pub(crate) dashboard: Option<Dashboard>,
    #[cfg(feature = "test-controls")]
    pub(crate) controls: Option<Arc<Controls>>,
}

/// A layer around all routes, inside the envelope.
pub type Inbound = Arc<dyn Fn(Router) -> Router + Send + Sync>;

/// What one instance answers. The envelope is around the router and not a layer of it, which would cost every request
/// two boxes more.
pub(crate) fn service(routes: Routes, inbound: &Inbound, envelope: EnvelopeParts) -> Envelope<Router> {
    Envelope { inner: inbound(router(routes)), parts: Arc::new(envelope) }
}

fn router(routes: Routes) -> Router {
    let Routes { ohlc, cache, health, dashboard, .. } = routes;
    let router = Router::new()
        .route("/api/v2/tickers/{ticker}/ohlc", get(ohlc::ohlc).with_state(ohlc))
        .route("/api/v2/cache/invalidate", post(cache::invalidate).with_state(Arc::clone(&cache)))
        .route("/api/v2/cache/stats", get(cache::stats).with_state(cache))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready).with_state(Arc::clone(&health)))
        .route("/metrics", get(health::metrics).with_state(health))
        .route("/openapi.json", get(openapi::document))
        .merge(dashboard::routes(dashboard));
    #[cfg(feature = "test-controls")]
    let router = router.merge(routes.controls.map(controls::routes).unwrap_or_default());
    router
        .fallback(|| async { Failure::NoSuchRoute })
        .method_not_allowed_fallback(|| async { Failure::MethodNotAllowed })
}
