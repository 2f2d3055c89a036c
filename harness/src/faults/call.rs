//! A call to DynamoDB, read so far that faults and the journal know what it is about.

use bytes::Bytes;
use hyper::Request;
use hyper::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH};
use serde_json::Value;

use super::access::Access;
use crate::observe::body;

/// What precedes the operation in X-Amz-Target: `DynamoDB_20120810.Query`.
const API: &str = "DynamoDB_20120810.";

/// One call on its way to DynamoDB.
#[derive(Debug)]
pub struct Call {
    operation: String,
    accesses: Vec<Access>,
    request: Request<Bytes>,
}

impl Call {
    /// Reads a call; of a body that makes no sense nothing is known, and it goes on its way all the same.
    pub fn read(request: Request<Bytes>) -> Self {
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
        let operation = match target {
            Some(target) => target.strip_prefix(API).unwrap_or(target).to_owned(),
            None => format!("{} {}", request.method(), request.uri().path()),
        };
        let accesses = Access::all(&operation, request.body());
        Self { operation, accesses, request }
    }

    /// The operation as DynamoDB calls it: `Query`, `BatchWriteItem`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The access key that signed it: `AKIDEXAMPLE` of `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260203/…`.
    pub fn access_key(&self) -> Option<&str> {
        let authorization = self.request.headers().get(AUTHORIZATION)?.to_str().ok()?;
        Some(authorization.split_once("Credential=")?.1.split_once('/')?.0)
    }

    /// The body as it goes over the wire.
    pub fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// The body as JSON; a JSON string when it is not JSON.
    pub fn json(&self) -> Value {
        body::read(self.request.body())
    }

    /// Every part of a table that the call reads or writes.
    pub fn accesses(&self) -> &[Access] {
        &self.accesses
    }

    /// The same call with another body.
    pub fn with_body(self, body: &Value) -> Self {
        let mut request = self.request.map(|_| Bytes::from(body.to_string()));
        // The length that belongs to the new body is set when it is sent.
        request.headers_mut().remove(CONTENT_LENGTH);
        let accesses = Access::all(&self.operation, request.body());
        Self { operation: self.operation, accesses, request }
    }

    /// The same call, whose answer comes as it is.
    pub(crate) fn uncompressed(mut self) -> Self {
        self.request.headers_mut().remove(ACCEPT_ENCODING);
        self
    }

    /// What it is about: `lab-table AAPL#tiingo D#2026-01-05..D#2026-02-03`, or `lab-table 24 puts, 1 delete`.
    pub fn subject(&self) -> String {
        match self.accesses.as_slice() {
            [] => String::new(),
            [access] => access.to_string(),
            [first, ..] => format!("{} {}", first.table, self.tally()),
        }
    }

    fn tally(&self) -> String {
        let runs = self.accesses.chunk_by(|one, next| one.act == next.act);
        let counts: Vec<String> = runs
            .map(|run| match run {
                [one] => format!("1 {}", one.act),
                [first, ..] => format!("{} {}s", run.len(), first.act),
                [] => String::new(),
            })
            .collect();
        counts.join(", ")
    }

    pub(super) fn into_request(self) -> Request<Bytes> {
        self.request
    }
}
