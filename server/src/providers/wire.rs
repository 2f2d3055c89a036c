//! One provider call: the key, the timeout, the connection, the status, and the patience that a provider asks for.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Request, Response, StatusCode};
use rustls::RootCertStore;
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::RwLock;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tracing::{error, info, warn};

use super::body::{Body, NoBody};
use super::quote::{Judged, ParsedCandles};
use super::{Credential, Provider, ProviderError, ProviderPolicy, Transport, Unread, json};
use crate::clock::Clock;
use crate::telemetry::{Layer, Metrics};

/// TLS could not be set up.
#[derive(Debug, thiserror::Error)]
#[error(
    "TLS could not be set up: {0}; install the certificates of this system, for example its package ca-certificates"
)]
pub struct TlsError(String);

/// The HTTP clients that all providers share.
#[derive(Clone)]
pub(super) struct Clients {
    /// Keeps its connections.
    kept: Client,
    /// Opens a connection for each call.
    fresh: Client,
}

impl Clients {
    /// Clients for providers that are there. The certificates of the system are read only for those that speak TLS:
    /// reading them is most of what a start costs.
    pub(super) fn new(timeout: Duration, base_urls: &[&str]) -> Result<Self, TlsError> {
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
        let builder =
            || Client::builder().tls_backend_preconfigured(tls.clone()).timeout(timeout).redirect(Policy::none());
        let built = |builder: ClientBuilder| builder.build().map_err(|cause| TlsError(cause.to_string()));
        Ok(Self { kept: built(builder())?, fresh: built(builder().pool_max_idle_per_host(0))? })
    }
}

/// A call goes to the provider, each time: what is cached is cached in memory and in the table, and nowhere else.
pub fn call(client: &Client, call: Request) -> BoxFuture<'static, reqwest::Result<Response>> {
    let client = client.clone();
    async move { client.execute(call).await }.boxed()
}

/// Whether a call ended because the connection did, before an answer began: as a kept connection ends that its other side
/// has closed meanwhile.
fn closed_under_it(failed: &reqwest::Error) -> bool {
    let mut cause = failed.source().filter(|_| failed.is_request() && !failed.is_connect());
    while let Some(known) = cause {
        if tells_of_an_end(known) {
            return true;
        }
        cause = known.source();
    }
    false
}

fn tells_of_an_end(cause: &(dyn Error + 'static)) -> bool {
    match (cause.downcast_ref::<hyper::Error>(), cause.downcast_ref::<io::Error>()) {
        (Some(cause), _) => cause.is_incomplete_message() || cause.is_canceled() || cause.is_closed(),
        (_, Some(cause)) => matches!(cause.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
        _ => false,
    }
}

/// The wire to one provider.
pub(super) struct Wire {
    provider: Provider,
    clients: Clients,
    credential: Credential,
    key: RwLock<Option<SecretString>>,
    transport: Transport,
    policy: ProviderPolicy,
    /// For how long a provider is left alone that limits us without saying for how long.
    unsaid: Duration,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    alone: Mutex<Option<Alone>>,
}

/// Until when a provider is left alone, and what it answered.
#[derive(Clone, Copy)]
struct Alone {
    until: DateTime<Utc>,
    status: StatusCode,
}

impl Wire {
    pub(super) fn new(
        provider: Provider,
        clients: Clients,
        credential: Credential,
        transport: Transport,
        (policy, unsaid): (ProviderPolicy, Duration),
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let (key, alone) = (RwLock::new(None), Mutex::new(None));
        Self { provider, clients, credential, key, transport, policy, unsaid, clock, metrics, alone }
    }

    /// What `read` makes of the answer to `GET url`, with the key sent as `header`, after `prefix`.
    pub(super) async fn candles(
        &self,
        url: &str,
        header: HeaderName,
        prefix: &str,
        read: impl FnOnce(&str) -> Result<Judged, Unread> + Send + 'static,
    ) -> Result<ParsedCandles, ProviderError> {
        if let Some((status, left)) = self.left_alone() {
            return Err(limited(status, left));
        }
        let mut refusals = 0;
        let answer = loop {
            let key = self.key(refusals > 0).await?;
            let mut value = HeaderValue::from_str(&format!("{prefix}{}", key.expose_secret()))
                .map_err(|_| ProviderError::Unauthorized)?;
            value.set_sensitive(true);

            let started = Instant::now();
            let codings = self.policy.codings.join(", ");
            let call = self.clients.kept.get(url).header(&header, value).header(ACCEPT_ENCODING, codings).build();
            let sent = self.send(call.map_err(|failed| self.failed(&failed))?).await;
            self.metrics.latency(Layer::Provider, started.elapsed());
            let answer = sent.map_err(|failed| self.failed(&failed))?;
            if answer.status() != StatusCode::UNAUTHORIZED || refusals >= self.policy.key_retries {
                break answer;
            }
            self.metrics.provider_request(self.provider, answer.status().as_str());
            warn!(provider = %self.provider, outcome = "key_refused", "the provider refused our key; reading it again");
            refusals += 1;
        };
        match answer.status() {
            status if status.is_success() => self.read(answer, read).await,
            _ => Err(self.refused(&answer)),
        }
    }

    /// Sends a call; once more, on a new connection, if the connection ends under it.
    async fn send(&self, mut call: Request) -> reqwest::Result<Response> {
        let (started, mut client) = (Instant::now(), &self.clients.kept);
        for _ in 0..self.policy.resends {
            let again = call.try_clone();
            let sent = (self.transport)(client, call).await;
            match (sent, again) {
                (Err(failed), Some(again)) if closed_under_it(&failed) => {
                    self.metrics.provider_request(self.provider, "connection");
                    info!(provider = %self.provider, outcome = "sent_again", "the connection ended under a call");
                    call = again;
                    // Both together take no longer than one.
                    *call.timeout_mut() = Some(self.policy.timeout.saturating_sub(started.elapsed()));
                    client = &self.clients.fresh;
                }
                (sent, _) => return sent,
            }
        }
        (self.transport)(client, call).await
    }

    /// What becomes of an answer that says it succeeded. It may be long, and to read it takes time that other requests
    /// need, so that is done aside.
    async fn read(
        &self,
        answer: Response,
        read: impl FnOnce(&str) -> Result<Judged, Unread> + Send + 'static,
    ) -> Result<ParsedCandles, ProviderError> {
        let status = answer.status();
        let body = match Body::of(answer, self.policy.bytes.0).await {
            Ok(body) => body,
            Err(NoBody::Failed(failed)) => return Err(self.failed(&failed)),
            Err(NoBody::TooLarge) => return Err(self.unread(Unread::TooLarge)),
        };
        let (codings, most) = (self.policy.codings, self.policy.bytes.0);
        let aside = spawn_blocking(move || {
            let bytes = body.decoded(codings, most)?;
            read(&json::tame(&String::from_utf8_lossy(&bytes)))
        });
        // What the reader cannot stand is no answer either.
        let judged = aside.await.unwrap_or(Err(Unread::NotAsAgreed)).map_err(|unread| self.unread(unread))?;
        let parsed = judged.noted(self.provider, &self.metrics);
        if (self.policy.says_nothing)(&parsed) {
            return Err(self.unread(Unread::NotAsAgreed));
        }
        self.metrics.provider_request(self.provider, status.as_str());
        Ok(parsed)
    }

    fn refused(&self, answer: &Response) -> ProviderError {
        let status = answer.status();
        self.metrics.provider_request(self.provider, status.as_str());
        let pause = self.leave_alone(status, answer.headers());
        error!(provider = %self.provider, status = status.as_u16(), outcome = "provider_failed", "the provider did not answer with candles");
        match (status, pause) {
            (_, Some(pause)) => limited(status, pause),
            (StatusCode::NOT_FOUND, _) => ProviderError::UnknownTicker,
            (StatusCode::UNAUTHORIZED, _) => ProviderError::Unauthorized,
            (StatusCode::FORBIDDEN, _) => ProviderError::NotInPlan,
            _ => ProviderError::Failed,
        }
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

    fn unread(&self, unread: Unread) -> ProviderError {
        let status = unread.status();
        self.metrics.provider_request(self.provider, status);
        error!(provider = %self.provider, status, outcome = "provider_failed", "the provider's answer cannot be read");
        ProviderError::Failed
    }

    pub(super) fn policy(&self) -> &ProviderPolicy {
        &self.policy
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

    /// Notes for how long an answer asks to leave the provider alone, and gives it: whole seconds, as clients are told.
    fn leave_alone(&self, status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
        let now = self.clock.now();
        let asked = (self.policy.patience)(status, headers, now, self.unsaid)?;
        let pause = whole_seconds(asked.min(self.policy.longest_patience));
        let until = now.checked_add_signed(TimeDelta::from_std(pause).ok()?)?;
        *self.alone.lock().unwrap_or_else(PoisonError::into_inner) = Some(Alone { until, status });
        Some(pause)
    }

    /// What is left of that time, and what the provider answered.
    fn left_alone(&self) -> Option<(StatusCode, Duration)> {
        let Alone { until, status } = (*self.alone.lock().unwrap_or_else(PoisonError::into_inner))?;
        (self.policy.left_alone)(until, self.clock.now()).map(|left| (status, left))
    }
}

/// What a provider says that asks to be left alone for so long: that it limits the rate, or that it is not there.
fn limited(status: StatusCode, pause: Duration) -> ProviderError {
    if status == StatusCode::TOO_MANY_REQUESTS { ProviderError::RateLimited(pause) } else { ProviderError::Failed }
}

fn whole_seconds(pause: Duration) -> Duration {
    Duration::from_secs(pause.as_secs() + u64::from(pause.subsec_nanos() > 0))
}

/// The header that Tiingo reads its key from.
pub(super) const TIINGO_HEADER: HeaderName = AUTHORIZATION;
/// The header that Finnhub reads its key from.
pub(super) const FINNHUB_HEADER: HeaderName = HeaderName::from_static("x-finnhub-token");
