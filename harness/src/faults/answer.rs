//! What comes back for a call.

use bytes::Bytes;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::Value;

use crate::observe::body;

const CHECKSUM: HeaderName = HeaderName::from_static("x-amz-crc32");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.0");

/// What the caller gets.
#[derive(Debug)]
pub enum Reply {
    /// An HTTP response.
    Answered(Answer),
    /// Nothing: the connection is closed.
    Dropped,
}

impl Reply {
    /// The same reply with its answer changed, if it has one.
    pub fn map(self, change: impl FnOnce(Answer) -> Answer) -> Self {
        match self {
            Self::Answered(answer) => Self::Answered(change(answer)),
            Self::Dropped => Self::Dropped,
        }
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answered(answer)
    }
}

/// An HTTP response of DynamoDB, its checksum in keeping with its body.
#[derive(Debug)]
pub struct Answer(Response<Bytes>);

impl Answer {
    /// An answer of the proxy's own, with the headers that DynamoDB would send.
    pub fn new(status: StatusCode, body: &Value) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, JSON);
        response.headers_mut().insert(REQUEST_ID, HeaderValue::from_static("FAULT-PROXY"));
        Self(response).with_body(body.to_string())
    }

    /// The answer that the tier gave.
    pub(super) fn received(response: Response<Bytes>) -> Self {
        Self(response)
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The body as it goes over the wire.
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// The body as JSON; a JSON string when it is not JSON.
    pub fn json(&self) -> Value {
        body::read(self.0.body())
    }

    /// The same answer with another body, its checksum computed anew.
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        *self.0.body_mut() = body.into();
        // The length that belongs to the new body is set when it is sent.
        self.0.headers_mut().remove(CONTENT_LENGTH);
        let checksum = crc32fast::hash(self.0.body());
        self.with_checksum(checksum)
    }

    /// The same answer with this checksum, right or wrong.
    pub fn with_checksum(mut self, checksum: u32) -> Self {
        self.0.headers_mut().insert(CHECKSUM, HeaderValue::from(checksum));
        self
    }

    pub(super) fn into_response(self) -> Response<Bytes> {
        self.0
    }
}
