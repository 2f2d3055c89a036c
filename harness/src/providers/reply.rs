//! An answer of a provider, before it is put on a wire.

use bytes::Bytes;
use hyper::{Response, StatusCode};
use wiremock::ResponseTemplate;

/// Status, body and what goes with them.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    status: u16,
    mime: &'static str,
    body: String,
    /// Seconds.
    retry_after: Option<u32>,
    /// Where else it is, of a redirect.
    location: Option<String>,
}

impl Reply {
    /// A body that calls itself JSON, whether it is or not.
    pub(super) fn json(status: u16, body: impl Into<String>) -> Self {
        Self { status, mime: "application/json", body: body.into(), retry_after: None, location: None }
    }

    /// What the gateway in front of an API says when the API says nothing.
    pub(super) fn gateway(status: u16) -> Self {
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
        let body = format!("<html><head><title>{status} {reason}</title></head><body>{reason}</body></html>");
        Self { status, mime: "text/html", body, retry_after: None, location: None }
    }

    /// What sends a client elsewhere.
    pub(super) fn redirect(location: String) -> Self {
        Self { location: Some(location), ..Self::gateway(302) }
    }

    pub(super) fn retry_after(self, seconds: Option<u32>) -> Self {
        Self { retry_after: seconds, ..self }
    }

    /// For a front of our own.
    pub(super) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::builder().status(self.status).header("content-type", self.mime);
        if let Some(seconds) = self.retry_after {
            response = response.header("retry-after", seconds);
        }
        if let Some(location) = self.location {
            response = response.header("location", location);
        }
        response.body(self.body.into()).expect("a status between 100 and 999")
    }

    /// For wiremock.
    pub(super) fn into_template(self) -> ResponseTemplate {
        ResponseTemplate::new(self.status).set_body_raw(self.body, self.mime)
    }
}
