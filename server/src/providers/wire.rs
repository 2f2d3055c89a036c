//! One provider call: the key, the timeout, the status, and the patience that a provider asks for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Request, Response, StatusCode};
use rustls::RootCertStore;
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::RwLock;
use tokio::time::Instant;
use tracing::{error, warn};

use super::{Credential, Provider, ProviderError, ProviderPolicy, Transport};
use crate::clock::Clock;
use crate::telemetry::{Layer, Metrics};

/// TLS could not be set up.
#[derive(Debug, thiserror::Error)]
#[error(
    "TLS could not be set up: {0}; install the certificates of this system, for example its package ca-certificates"
)]
pub struct TlsError(String);

/// The HTTP client that all providers share, given where they are. The certificates of the system are read only for
/// those that speak TLS: reading them is most of what a start costs.
pub(super) fn client(timeout: Duration, base_urls: &[&str]) -> Result<Client, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| match base_urls.iter().all(|url| url.starts_with("http:")) {
            true => Ok(builder.with_root_certificates(RootCertStore::empty())),
            false => builder.with_platform_verifier(),
        })
        .map_err(|cause| TlsError(cause.to_string()))?
        .with_no_client_auth();
    // A redirect would take the key to another host.
    let client = Client::builder().tls_backend_preconfigured(tls).timeout(timeout).redirect(Policy::none()).build();
    client.map_err(|cause| TlsError(cause.to_string()))
}

/// A call goes to the provider, each time: what is cached is cached in memory and in the table, and nowhere else.
pub fn call(client: &Client, call: Request) -> BoxFuture<'static, reqwest::Result<Response>> {
    let client = client.clone();
    async move { client.execute(call).await }.boxed()
}

/// The wire to one provider.
pub(super) struct Wire {
    provider: Provider,
    client: Client,
    credential: Credential,
    key: RwLock<Option<SecretString>>,
    transport: Transport,
    policy: ProviderPolicy,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    alone_until: Mutex<Option<DateTime<Utc>>>,
}

impl Wire {
    pub(super) fn new(
        provider: Provider,
        client: Client,
        credential: Credential,
        transport: Transport,
        policy: ProviderPolicy,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let (key, alone_until) = (RwLock::new(None), Mutex::new(None));
        Self { provider, client, credential, key, transport, policy, clock, metrics, alone_until }
    }

    /// The body of `GET url`, with the key sent as `header`, after `prefix`.
    pub(super) async fn get(&self, url: &str, header: HeaderName, prefix: &str) -> Result<String, ProviderError> {
        if let Some(left) = self.patience() {
            return Err(ProviderError::RateLimited(Some(left)));
        }
        let mut refusals = 0;
        loop {
            let key = self.key(refusals > 0).await?;
            let mut value = HeaderValue::from_str(&format!("{prefix}{}", key.expose_secret()))
                .map_err(|_| ProviderError::Unauthorized)?;
            value.set_sensitive(true);

            let started = Instant::now();
            let call = self.client.get(url).header(&header, value).build().map_err(|failed| self.failed(&failed))?;
            let sent = (self.transport)(&self.client, call).await;
            self.metrics.latency(Layer::Provider, started.elapsed());
            let answer = sent.map_err(|failed| self.failed(&failed))?;
            let status = answer.status();
            self.metrics.provider_request(self.provider, status.as_str());

            if status == StatusCode::UNAUTHORIZED && refusals < self.policy.key_retries {
                warn!(provider = %self.provider, outcome = "key_refused", "the provider refused our key; reading it again");
                refusals += 1;
                continue;
            }
            return self.body(answer).await;
        }
    }

    async fn body(&self, answer: Response) -> Result<String, ProviderError> {
        let status = answer.status();
        if status.is_success() {
            return answer.text().await.map_err(|failed| self.failed(&failed));
        }
        let problem = match status {
            StatusCode::NOT_FOUND => return Err(ProviderError::UnknownTicker),
            StatusCode::UNAUTHORIZED => ProviderError::Unauthorized,
            StatusCode::FORBIDDEN => ProviderError::NotInPlan,
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited(self.leave_alone(&answer)),
            _ => ProviderError::Failed,
        };
        error!(provider = %self.provider, status = status.as_u16(), outcome = "provider_failed", "the provider did not answer with candles");
        Err(problem)
    }

    fn failed(&self, failed: &reqwest::Error) -> ProviderError {
        let (status, problem) = match failed.is_timeout() {
            true => ("timeout", ProviderError::TimedOut),
            false => ("connection", ProviderError::Failed),
        };
        self.metrics.provider_request(self.provider, status);
        error!(provider = %self.provider, status, outcome = "provider_failed", "the provider could not be asked");
        problem
    }

    /// Notes an answer whose body is not what the provider's contract says.
    pub(super) fn unreadable(&self) -> ProviderError {
        error!(provider = %self.provider, status = "unreadable", outcome = "provider_failed", "the provider's answer cannot be read");
        ProviderError::Failed
    }

    pub(super) fn policy(&self) -> &ProviderPolicy {
        &self.policy
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    async fn key(&self, again: bool) -> Result<SecretString, ProviderError> {
        if let (Some(key), false) = (self.key.read().await.as_ref(), again) {
            return Ok(key.clone());
        }
        match self.credential.read().await {
            Ok(key) => Ok(self.key.write().await.insert(key).clone()),
            Err(unreadable) => {
                let cause = (self.policy.unreadable_key)(&unreadable);
                error!(provider = %self.provider, cause, outcome = "key_unreadable", "the provider's key cannot be read");
                Err(ProviderError::Unauthorized)
            }
        }
    }

    /// Notes for how long a 429 asks to leave the provider alone, in seconds or by a date.
    fn leave_alone(&self, answer: &Response) -> Option<Duration> {
        let (asked, now) = (answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim(), self.clock.now());
        let until = match asked.parse() {
            Ok(seconds) => now.checked_add_signed(TimeDelta::try_seconds(seconds)?)?,
            Err(_) => DateTime::parse_from_rfc2822(asked).ok()?.to_utc(),
        };
        *self.alone_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
        (until - now).to_std().ok()
    }

    /// What is left of that time.
    fn patience(&self) -> Option<Duration> {
        let until = (*self.alone_until.lock().unwrap_or_else(PoisonError::into_inner))?;
        (self.policy.left_alone)(until, self.clock.now())
    }
}

/// The header that Tiingo reads its key from.
pub(super) const TIINGO_HEADER: HeaderName = AUTHORIZATION;
/// The header that Finnhub reads its key from.
pub(super) const FINNHUB_HEADER: HeaderName = HeaderName::from_static("x-finnhub-token");
