//! Signs calls in the user's name. Servers under test sign for the fault proxy, which the real DynamoDB would not take.

use std::time::SystemTime;

use anyhow::Context;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use bytes::Bytes;
use hyper::Request;
use hyper::header::{AUTHORIZATION, HOST, HeaderValue};

/// Headers of the caller's own signature.
const SIGNATURE: [&str; 3] = ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];

/// Credentials and a region. Shows no secret when it is printed.
#[derive(Debug)]
pub struct Signer {
    credentials: Credentials,
    region: String,
}

impl Signer {
    /// Signs with these credentials, for DynamoDB in this region.
    pub fn new(credentials: Credentials, region: impl Into<String>) -> Self {
        Self { credentials, region: region.into() }
    }

    /// The region that it signs for.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Puts a signature of now in the place of the one that a request may have. Its URI has to name the host.
    ///
    /// # Errors
    /// When the request cannot be signed.
    pub(crate) fn sign(&self, request: &mut Request<Bytes>) -> anyhow::Result<()> {
        let host = request.uri().authority().context("a request without a host")?.as_str();
        let host = HeaderValue::from_str(host)?;
        let headers = request.headers_mut();
        headers.insert(HOST, host);
        headers.remove(AUTHORIZATION);
        SIGNATURE.into_iter().for_each(|header| {
            headers.remove(header);
        });
        // What is not text cannot be signed, and need not be.
        let signed = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let body = SignableBody::Bytes(request.body());
        let signable = SignableRequest::new("POST", request.uri().to_string(), signed, body)?;
        let identity = self.credentials.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("dynamodb")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?;
        let (signature, _) = sign(signable, &params.into())?.into_parts();
        signature.apply_to_request_http1x(request);
        Ok(())
    }
}
