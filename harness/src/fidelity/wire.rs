//! The wire to one side: DynamoDB's JSON protocol over HTTP, signed, with nothing of an SDK in between.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response};
use rustls_platform_verifier::BuilderVerifierExt;

use super::answer::{Answer, Checksum};
use crate::observe::body;

/// What precedes the operation in X-Amz-Target.
const API: &str = "DynamoDB_20120810.";
/// What DynamoDB's bodies are.
const JSON: &str = "application/x-amz-json-1.0";
/// How long an answer may take. It is never the measure of a result.
const PATIENCE: Duration = Duration::from_secs(60);

/// A way to DynamoDB, or to what stands for it.
#[derive(Debug, Clone)]
pub struct Wire {
    client: Client,
    url: String,
    region: String,
    credentials: Credentials,
}

impl Wire {
    /// To this URL, signed with these credentials for this region.
    ///
    /// # Errors
    /// When this system has no certificates to trust.
    pub fn new(url: &str, region: &str, credentials: Credentials) -> anyhow::Result<Self> {
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()
            .context("install the certificates of this system, for example its package ca-certificates")?
            .with_no_client_auth();
        let client = Client::builder().tls_backend_preconfigured(tls).timeout(PATIENCE).build()?;
        let url = format!("{}/", url.trim_end_matches('/'));
        Ok(Self { client, url, region: region.to_owned(), credentials })
    }

    /// To an emulator, which takes any key.
    ///
    /// # Errors
    /// As for [`Wire::new`].
    pub fn to_emulator(url: &str) -> anyhow::Result<Self> {
        Self::new(url, "us-east-1", Credentials::new("candlecheck", "candlecheck", None, None, "fidelity"))
    }

    /// Sends a body as it is, and reads the answer.
    ///
    /// # Errors
    /// When no whole answer comes.
    pub async fn call(&self, operation: &str, body: String) -> anyhow::Result<Answer> {
        let target = format!("{API}{operation}");
        let headers = [("content-type", JSON), ("x-amz-target", &target)];
        let mut request = self.client.post(&self.url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        for (name, value) in self.signature(&headers, body.as_bytes())? {
            request = request.header(name, value);
        }
        read(request.body(body).send().await?).await
    }

    /// The headers that sign a call.
    fn signature(&self, headers: &[(&str, &str)], body: &[u8]) -> anyhow::Result<Vec<(String, String)>> {
        let identity = self.credentials.clone().into();
        let how = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("dynamodb")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()?;
        let what = SignableRequest::new("POST", &self.url, headers.iter().copied(), SignableBody::Bytes(body))?;
        let (signed, _) = sign(what, &how.into())?.into_parts();
        let (headers, _) = signed.into_parts();
        Ok(headers.iter().map(|header| (header.name().to_owned(), header.value().to_owned())).collect())
    }
}

async fn read(response: Response) -> anyhow::Result<Answer> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await?;
    Ok(Answer {
        status,
        content_type: word(&headers, CONTENT_TYPE.as_str()),
        checksum: match word(&headers, "x-amz-crc32") {
            None => Checksum::Absent,
            Some(sum) if sum == crc32fast::hash(&body).to_string() => Checksum::Right,
            Some(_) => Checksum::Wrong,
        },
        has_request_id: headers.contains_key("x-amzn-requestid"),
        body: body::read(&body),
    })
}

fn word(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
