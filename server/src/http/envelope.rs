//! What every answer has in common: a request id, no-store unless it is a part of the page, a failure's body, and a panic that tells nobody anything.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Json;
use axum::extract::Request;
use axum::http::header::{ALLOW, CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Version};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::json;
use tower_service::Service;
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, Instrument, error, info};
use uuid::Uuid;

use super::host::names_its_host;
use crate::error::{Failure, FailurePolicy};
use crate::policy::policy;
use crate::telemetry::request_span;

policy! {
    /// What every answer has in common.
    EnvelopePolicy "envelope" {
        functions {
            /// The id of a request, given its headers.
            request_id: fn(&HeaderMap) -> String = request_id, decides "the client's, when it is well-formed, or a new one",
                shows [(&headers("x-request-id", "one")), (&headers("x-request-id", "another"))], from "decisions.md#request-id";
            /// Whether a request names its host as it should, given its version and its headers.
            names_its_host: fn(Version, &HeaderMap) -> bool = names_its_host, decides "once; before HTTP/1.1 it need not",
                shows [(Version::HTTP_11, &headers("host", "127.0.0.1:8000")), (Version::HTTP_11, &headers("x-request-id", "one"))],
                from "decisions.md#one-host";
        }
    }
}

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
#[derive(Clone)]
pub(crate) struct Envelope<S> {
    pub(super) inner: S,
    pub(super) parts: Arc<EnvelopeParts>,
}

/// What an envelope is made of.
pub(crate) struct EnvelopeParts {
    pub(crate) policy: EnvelopePolicy,
    pub(crate) failures: FailurePolicy,
    pub(crate) logs: Dispatch,
}

impl<S> Service<Request> for Envelope<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let parts = Arc::clone(&self.parts);
        let (id, method) = ((parts.policy.request_id)(request.headers()), request.method().clone());
        let well_formed = (parts.policy.names_its_host)(request.version(), request.headers());
        let work = well_formed.then(|| AssertUnwindSafe(self.inner.call(request)).catch_unwind());
        let logs = parts.logs.clone();
        let enveloped = async move {
            // Made in the logs of its instance: outside of them it would be nobody's.
            let span = request_span(&id, method.as_str());
            let answered = async {
                let response = match work {
                    None => Failure::InvalidHost.into_response(),
                    Some(work) => match work.await {
                        Ok(Ok(response)) => response,
                        Ok(Err(never)) => match never {},
                        Err(_) => Failure::Internal.into_response(),
                    },
                };
                finished(response, id, &parts.failures)
            };
            Ok(answered.instrument(span).await)
        };
        Box::pin(enveloped.with_subscriber(logs))
    }
}

fn finished(mut response: Response, id: String, policy: &FailurePolicy) -> Response {
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        let allowed = response.headers_mut().remove(ALLOW);
        response = body(&failure, &id, policy);
        response.headers_mut().extend(allowed.map(|methods| (ALLOW, methods)));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_maybe_shared(Bytes::from(id)) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn body(failure: &Failure, request_id: &str, policy: &FailurePolicy) -> Response {
    let (status, code, field) = failure.row();
    match failure {
        Failure::Internal => error!(status = status.as_u16(), outcome = code, "a defect of this server"),
        _ => info!(status = status.as_u16(), outcome = code, "request refused or failed"),
    }
    let body = json!({"error": (policy.told)(failure), "code": code, "field": field, "request_id": request_id});
    let mut response = (status, Json(body)).into_response();
    if let Some(pause) = (policy.comes_back)(failure) {
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
