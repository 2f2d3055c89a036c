//! The OpenAPI document.

use axum::Json;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use super::{cache, health, ohlc};

#[derive(OpenApi)]
#[openapi(
    info(title = "OHLC cache", description = "Candlesticks from memory, DynamoDB, Tiingo or Finnhub."),
    paths(ohlc::ohlc, cache::invalidate, cache::stats, health::live, health::ready, health::metrics),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// What went wrong, and what to do.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what the envelope writes")]
pub(super) struct Problem {
    /// A sentence that says what to do.
    error: String,
    /// A stable word for programs.
    #[schema(example = "unknown_ticker")]
    code: String,
    /// The parameter to blame, if one is.
    #[schema(example = "ticker")]
    field: Option<String>,
    /// Names the request in the logs.
    request_id: String,
}

/// `GET /openapi.json`.
pub(super) async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
