//! `GET /api/v2/tickers/{ticker}/ohlc`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{self, Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use tracing::{Span, info, record_all};

use super::auth::{Authority, Gatekeeper};
use crate::answer::{AnswerPolicy, OhlcAnswer, Source};
use crate::clock::Clock;
use crate::error::Failure;
use crate::fail_points::{FailPoints, Place};
use crate::handler::{Handler, Served};
use crate::l1::L1;
use crate::request::{Query, Request, Requests};

/// What this endpoint reaches.
pub(crate) struct OhlcRoute {
    pub(crate) policy: AnswerPolicy,
    pub(crate) gatekeeper: Arc<Gatekeeper>,
    pub(crate) fail_points: Arc<FailPoints>,
    pub(crate) requests: Arc<Requests>,
    pub(crate) memory: Arc<L1>,
    pub(crate) handler: Handler,
    pub(crate) clock: Arc<dyn Clock>,
}

pub(super) const CACHE_SOURCE: HeaderName = HeaderName::from_static("x-cache-source");
const CACHE_AGE: HeaderName = HeaderName::from_static("x-cache-age");
const CACHE_KEY: HeaderName = HeaderName::from_static("x-cache-key");

/// Candles of one ticker.
#[utoipa::path(
    get,
    path = "/api/v2/tickers/{ticker}/ohlc",
    params(
        ("ticker" = String, Path, description = "1-5 letters, then at most two groups of `.` or `-` and 1-2 letters", example = "AAPL"),
        ("range" = Option<String>, Query, description = "1D 1W 1M 3M 6M YTD 1Y 5Y; 1M when nothing is given"),
        ("resolution" = Option<String>, Query, description = "1 5 15 30 60 D; D when nothing is given"),
        ("start_date" = Option<String>, Query, description = "New York date, inclusive; with end_date, instead of range"),
        ("end_date" = Option<String>, Query, description = "New York date, inclusive"),
    ),
    responses(
        (status = 200, description = "The candles, oldest first", body = OhlcAnswer),
        (status = 400, description = "Something that was asked for is not valid; names the field", body = super::openapi::Problem),
        (status = 401, description = "No valid credentials", body = super::openapi::Problem),
        (status = 404, description = "The provider does not know the ticker", body = super::openapi::Problem),
        (status = 429, description = "The provider asks for patience; see Retry-After", body = super::openapi::Problem),
        (status = 503, description = "Temporarily unavailable; see Retry-After", body = super::openapi::Problem),
    ),
    security(("bearer" = [])),
)]
pub(super) async fn ohlc(
    State(route): State<Arc<OhlcRoute>>,
    ticker: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    // The whole request, because its headers alone would be a copy.
    asked: extract::Request,
) -> Result<Response, Failure> {
    route.gatekeeper.admit(asked.headers(), Authority::Reader)?;
    route.fail_points.pass(Place::Request)?;
    let Path(ticker) = ticker.map_err(|_| Failure::invalid_ticker("?"))?;
    let query = Query::parse(query.as_deref().unwrap_or_default())?;
    let request = Arc::new(route.requests.freeze(&ticker, &query, route.clock.now(), route.memory.epoch())?);
    // All at once: each time would lock the span anew.
    let span = Span::current();
    record_all!(
        span,
        ticker = request.ticker.as_str(),
        resolution = request.resolution.name(),
        cache_key = request.cache_key.as_str(),
    );

    let served = route.handler.serve(&request).await?;
    info!(source = served.source.name(), outcome = "served", "candles served");
    Ok(response(&request, &served, &route.policy))
}

fn response(request: &Request, served: &Served, policy: &AnswerPolicy) -> Response {
    let Served { answer, source } = served;
    let age = match source {
        Source::Provider(_) | Source::Nowhere => 0,
        _ => (policy.age)(request, answer),
    };
    let mut response = Response::new(Body::from(answer.body()));
    let headers = response.headers_mut();
    // Room for the envelope's and HTTP's own too, so that the map need not grow.
    headers.reserve(8);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_AGE, HeaderValue::from(age));
    headers.insert(CACHE_SOURCE, HeaderValue::from_static(source.name()));
    if let Ok(key) = HeaderValue::from_str(&request.cache_key) {
        headers.insert(CACHE_KEY, key);
    }
    response
}
