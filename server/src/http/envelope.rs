//! What every answer has in common: a request id, no-store, a failure's body, and a panic that tells nobody anything.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use serde_json::json;
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, error, info, info_span};
use uuid::Uuid;

use crate::error::Failure;
use crate::rules::Rules;
use crate::server::Server;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl IntoResponse for Failure {
    /// Only carries the failure; [`envelope`] writes the body, because it knows the request's id.
    fn into_response(self) -> Response {
        let mut response = self.row().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Wraps every request, its span included, in the logs of its own instance.
pub(super) async fn envelope(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    enveloped(request, next, &server.rules).with_subscriber(server.logs.clone()).await
}

async fn enveloped(request: Request, next: Next, rules: &Rules) -> Response {
    let id = (rules.request_id)(request.headers());
    let span = info_span!(
        "request",
        request_id = id,
        method = request.method().as_str(),
        ticker = tracing::field::Empty,
        resolution = tracing::field::Empty,
        cache_key = tracing::field::Empty,
    );
    let work = async {
        let outcome = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = outcome.unwrap_or_else(|_| Failure::Internal.into_response());
        if let Some(failure) = response.extensions_mut().remove::<Failure>() {
            response = body(&failure, &id, rules);
        }
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    };
    work.instrument(span).await
}

fn body(failure: &Failure, request_id: &str, rules: &Rules) -> Response {
    let (status, code, field) = failure.row();
    match failure {
        Failure::Internal => error!(status = status.as_u16(), outcome = code, "a defect of this server"),
        _ => info!(status = status.as_u16(), outcome = code, "request refused or failed"),
    }
    let body = json!({"error": (rules.told)(failure), "code": code, "field": field, "request_id": request_id});
    let mut response = (status, Json(body)).into_response();
    if let Some(pause) = (rules.comes_back)(failure) {
        // Rounded up: a client must not come back a moment too early.
        let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if matches!(failure, Failure::Unavailable { .. }) {
        response.headers_mut().insert(super::ohlc::CACHE_SOURCE, HeaderValue::from_static("none"));
    }
    response
}

/// The client's id when it is well-formed, so that it can find its request in our logs; else a new one.
pub fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let well_formed = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    given.filter(well_formed).map_or_else(|| Uuid::new_v4().to_string(), str::to_owned)
}
