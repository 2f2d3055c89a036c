//! The wire to one side: DynamoDB's JSON protocol over HTTP, signed, with nothing of an SDK in between.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use aws_credential_types::Credentials;
use bytes::Bytes;
use hyper::Request;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Response};
use rustls_platform_verifier::BuilderVerifierExt;

use super::answer::{Answer, Checksum};
use crate::dynamodb::{Endpoint, Signer};
use crate::observe::body;

/// What precedes the operation in X-Amz-Target.
const API: &str = "DynamoDB_20120810.";
/// What DynamoDB's bodies are.
const JSON: &str = "application/x-amz-json-1.0";
/// What is signed with, and for, where nobody checks it.
const ANYBODY: (&str, &str) = ("candlecheck", "us-east-1");
/// How long an answer may take. It is never the measure of a result.
const PATIENCE: Duration = Duration::from_secs(60);

/// A way to DynamoDB, or to what stands for it.
#[derive(Debug, Clone)]
pub struct Wire {
    client: Client,
    url: String,
    signer: Arc<Signer>,
}

impl Wire {
    /// To this endpoint, signed in its signer's name, or in anybody's when it has none.
    ///
    /// # Errors
    /// When this system has no certificates to trust.
    pub fn to(endpoint: impl Into<Endpoint>) -> anyhow::Result<Self> {
        let Endpoint { url, signer, .. } = endpoint.into();
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()
            .context("install the certificates of this system, for example its package ca-certificates")?
            .with_no_client_auth();
        let client = Client::builder().tls_backend_preconfigured(tls).timeout(PATIENCE).build()?;
        let (key, region) = ANYBODY;
        let anybody = || Arc::new(Signer::new(Credentials::new(key, key, None, None, "fidelity"), region));
        let url = format!("{}/", url.trim_end_matches('/'));
        Ok(Self { client, url, signer: signer.unwrap_or_else(anybody) })
    }

    /// Sends a body as it is, and reads the answer.
    ///
    /// # Errors
    /// When no whole answer comes.
    pub async fn call(&self, operation: &str, body: String) -> anyhow::Result<Answer> {
        let request =
            Request::post(&self.url).header(CONTENT_TYPE, JSON).header("x-amz-target", format!("{API}{operation}"));
        let mut request = request.body(Bytes::from(body))?;
        self.signer.sign(&mut request)?;
        read(self.client.execute(request.try_into()?).await?).await
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
