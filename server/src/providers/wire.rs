//! One provider call: the key, the timeout, the connection, the status, and the patience that a provider asks for.

use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Request, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::RwLock;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tracing::{error, info, warn};

use super::body::{Body, NoBody};
use super::clients::{Clients, ended_under};
use super::error::Unread;
use super::quote::{Judged, ParsedCandles};
use super::room::NoRoom;
use super::{Credential, Provider, ProviderError, ProviderPolicy, Transport, json};
use crate::clock::Clock;
use crate::telemetry::{Layer, Metrics};

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
        match self.left_alone() {
            Some((StatusCode::TOO_MANY_REQUESTS, left)) => return Err(ProviderError::RateLimited(left)),
            Some(_) => return Err(ProviderError::Failed),
            None => {}
        }
        let mut refusals = 0;
        let (answer, until) = loop {
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
                break (answer, started + self.policy.timeout);
            }
            self.metrics.provider_request(self.provider, answer.status().as_str());
            warn!(provider = %self.provider, outcome = "key_refused", "the provider refused our key; reading it again");
            refusals += 1;
        };
        match answer.status() {
            status if status.is_success() => self.read(answer, until, read).await,
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
                (Err(failed), Some(again)) if ended_under(&failed) => {
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
        until: Instant,
        read: impl FnOnce(&str) -> Result<Judged, Unread> + Send + 'static,
    ) -> Result<ParsedCandles, ProviderError> {
        let status = answer.status();
        let mut place = self.clients.room.place(until).await.map_err(|no_room| self.no_room(no_room))?;
        let body = match Body::of(answer, &mut place).await {
            Ok(body) => body,
            Err(NoBody::Failed(failed)) => return Err(self.failed(&failed)),
            Err(NoBody::TooLarge) => return Err(self.unread(Unread::TooLarge)),
            Err(NoBody::NoRoom) => return Err(self.no_room(NoRoom)),
        };
        let codings = self.policy.codings;
        let decoded = |most| {
            let body = body.clone();
            aside(move || body.decoded(codings, most))
        };
        let mut bytes = decoded(place.bytes()).await;
        if bytes == Err(Unread::TooLarge) && place.bytes() < place.most() {
            // It looked short, because it is coded.
            place.holds(place.most()).await.map_err(|no_room| self.no_room(no_room))?;
            bytes = decoded(place.bytes()).await;
        }
        let bytes = bytes.map_err(|unread| self.unread(unread))?;
        let judged = aside(move || read(&json::tame(&String::from_utf8_lossy(&bytes)))).await;
        let judged = judged.map_err(|unread| self.unread(unread))?;
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
        match status {
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited(pause.unwrap_or(self.unsaid)),
            StatusCode::NOT_FOUND => ProviderError::UnknownTicker,
            StatusCode::UNAUTHORIZED => ProviderError::Unauthorized,
            StatusCode::FORBIDDEN => ProviderError::NotInPlan,
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

    fn no_room(&self, NoRoom: NoRoom) -> ProviderError {
        self.metrics.provider_request(self.provider, "no_room");
        error!(provider = %self.provider, status = "no_room", outcome = "provider_failed", "too many long answers are being read");
        ProviderError::TimedOut
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

    /// Notes for how long an answer asks to leave the provider alone, and gives it: whole seconds, as clients are told. Of
    /// two answers at once the one counts that asks for more.
    fn leave_alone(&self, status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
        let now = self.clock.now();
        let asked = (self.policy.patience)(status, headers, now, self.unsaid)?;
        let pause = whole_seconds(asked.min(self.policy.longest_patience));
        let until = now.checked_add_signed(TimeDelta::from_std(pause).ok()?)?;
        let mut alone = self.alone.lock().unwrap_or_else(PoisonError::into_inner);
        if alone.is_none_or(|before| before.until < until) {
            *alone = Some(Alone { until, status });
        }
        Some(pause)
    }

    /// What is left of that time, and what the provider answered.
    fn left_alone(&self) -> Option<(StatusCode, Duration)> {
        let Alone { until, status } = (*self.alone.lock().unwrap_or_else(PoisonError::into_inner))?;
        (self.policy.left_alone)(until, self.clock.now()).map(|left| (status, left))
    }
}

/// Does what takes long on a thread that serves no requests. A bug of ours there is no failure of the provider's.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    spawn_blocking(work).await.unwrap_or_else(|bug| resume_unwind(bug.into_panic()))
}

fn whole_seconds(pause: Duration) -> Duration {
    Duration::from_secs(pause.as_secs() + u64::from(pause.subsec_nanos() > 0))
}

/// The header that Tiingo reads its key from.
pub(super) const TIINGO_HEADER: HeaderName = AUTHORIZATION;
/// The header that Finnhub reads its key from.
pub(super) const FINNHUB_HEADER: HeaderName = HeaderName::from_static("x-finnhub-token");

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::candle::CandlePolicy;
    use crate::providers::quote::judged;
    use crate::samples::{at, headers, request};
    use crate::telemetry::MetricsPolicy;

    /// A wire on which each answer is this.
    fn wire(body: &'static str) -> Wire {
        let clients =
            Clients::new(&ProviderPolicy::default(), &["http://provider"]).expect("no certificates are needed");
        let transport: Transport =
            Arc::new(move |_, _| Box::pin(async move { Ok(axum::http::Response::new(body).into()) }));
        let clock: Arc<dyn Clock> = Arc::new(|| at("2026-02-03T22:00:00Z"));
        let metrics = Arc::new(Metrics::new(Arc::clone(&clock), MetricsPolicy::default()));
        let (key, decides) = (Credential::Given("a-key".into()), (ProviderPolicy::default(), Duration::from_secs(5)));
        Wire::new(Provider::Tiingo, clients, key, transport, decides, clock, metrics)
    }

    #[tokio::test]
    async fn an_answer_is_read_on_a_thread_that_serves_no_requests() {
        let here = thread::current().id();
        let read = move |body: &str| {
            assert_ne!(thread::current().id(), here);
            assert_eq!(body, "[]");
            Ok(judged([], &request("AAPL", "range=1D", "2026-02-03T22:00:00Z"), &CandlePolicy::default()))
        };
        let parsed = wire("[]").candles("http://provider/", TIINGO_HEADER, "Token ", read).await;
        assert_eq!(parsed, Ok(ParsedCandles { candles: Vec::new(), rejected: 0 }));
    }

    #[test]
    fn of_two_answers_the_longer_patience_counts() {
        let (wire, limited) = (wire("[]"), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(wire.leave_alone(limited, &headers("retry-after", "299.5")), Some(Duration::from_secs(300)));
        assert_eq!(wire.leave_alone(limited, &HeaderMap::new()), Some(Duration::from_secs(5)));
        assert_eq!(wire.left_alone(), Some((limited, Duration::from_secs(300))));
    }
}
