//! Mistakes when DynamoDB or a provider fails.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_sdk_dynamodb::config::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use axum::response::IntoResponse;
use futures_util::FutureExt;
use ohlc_server::error::Failure;
use ohlc_server::providers::ProviderError;
use ohlc_server::store::CallFailure;
use ohlc_server::telemetry::{Alarm, worth};
use ohlc_server::{Ports, key};
use serde_json::Value;

use super::defects;
use crate::broken::dynamodb::{Answer, calls, clients};
use crate::broken::inbound::{self, fails_when_logged};
use crate::broken::{locked, log, providers};

const CENTURY: Duration = Duration::from_secs(36_525 * 86_400);

defects! {
    "read-error-passed-on", "a table that cannot be read fails the request":
        |_, ports| fails_when_logged(ports, |line| line["outcome"] == "dynamodb_failed" && line["operation"] == "Query", Failure::Internal);
    "write-error-passed-on", "a table that cannot be written fails the request":
        |_, ports| fails_when_logged(ports, |line| line["outcome"] == "write_failed", Failure::Internal);
    "lost-metrics-fail-the-request", "what cannot be counted is not served":
        |_, ports| {
            let lost = Arc::new(AtomicBool::new(false));
            let noticed = Arc::clone(&lost);
            log::lines(ports, move |line, log| {
                let written = log.write_line(line);
                if log::is_metrics(line) {
                    noticed.store(written.is_err(), Ordering::Relaxed);
                }
                written
            });
            inbound::requests(ports, move |request, next| match lost.load(Ordering::Relaxed) {
                true => Box::pin(async { Failure::Internal.into_response() }),
                false => Box::pin(next.run(request)),
            });
        };
    "store-failure-without-a-trace", "a DynamoDB call that failed is neither logged nor counted":
        |policies, ports| {
            policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
                Alarm::CallFailed { .. } => 0,
                other => worth(other),
            });
            log::lines(ports, |line, log| {
                let failed = serde_json::from_slice(line).is_ok_and(|line: Value| line["outcome"] == "dynamodb_failed");
                if failed { Ok(()) } else { log.write_line(line) }
            });
        };
    "unknown-failures-taken-as-our-mistake", "a DynamoDB call that failed in an unknown way is logged as one that we built badly":
        |policies, _| policies.dynamodb.cause = Arc::new(|failure| match failure {
            CallFailure::Unreadable => CallFailure::Unbuilt.to_string(),
            known => known.to_string(),
        });
    "unavailable-cached", "a 503 is kept and served again":
        |_, ports| keep_failures(ports, |failure| matches!(failure, Failure::Unavailable { .. }));
    "unknown-ticker-cached", "a 404 is kept and served again":
        |_, ports| keep_failures(ports, |failure| matches!(failure, Failure::UnknownTicker { .. }));
    "empty-answer-cached", "an answer without candles is as good as any":
        |policies, _| policies.completeness.worth_keeping = Arc::new(|_| true);
    "no-fallback", "what the first provider cannot give, nobody is asked for":
        |policies, _| policies.provider.falls_back = Arc::new(|_, _| false);
    "any-404-is-the-last-word", "a ticker without intraday candles is unknown":
        |policies, _| policies.provider.falls_back = Arc::new(|failed, _| failed != ProviderError::UnknownTicker);
    "no-provider-timeout", "a provider is waited for as long as it takes":
        |policies, _| policies.provider.timeout = CENTURY;
    "unbounded-wait", "neither a provider nor a client is ever told that it took too long":
        |policies, _| {
            policies.provider.timeout = CENTURY;
            policies.deadline.deadline = CENTURY;
        };
    "breaker-opens-at-two", "two failures open the breaker":
        |policies, _| policies.breaker.threshold = 2;
    "breaker-opens-at-four", "the third failure is let pass":
        |policies, _| policies.breaker.threshold = 4;
    "breaker-open-forever", "a breaker that opened never closes":
        |policies, _| policies.breaker.cooldown = CENTURY;
    "breaker-closes-at-once", "a breaker that opened is over it the next moment":
        |policies, _| policies.breaker.cooldown = Duration::ZERO;
    "dynamodb-client-poisoned", "a client that has met one broken connection never works again":
        |_, ports| clients(ports, poisonable);
    "answer-copied-in-every-layer", "whoever touches a provider's answer makes a copy of it":
        |_, ports| providers::calls(ports, |client, call, sound| {
            let call = sound(client, call);
            Box::pin(async move {
                let answer = call.await?;
                let status = answer.status();
                let text = answer.bytes().await?;
                let copies: Vec<Vec<u8>> = (0..10).map(|_| text.to_vec()).collect();
                let mut copied = http::Response::new(copies.last().cloned().unwrap_or_default());
                *copied.status_mut() = status;
                Ok(copied.into())
            })
        });
    "credentials-read-once", "credentials are read when the server starts, and never again":
        |_, ports| {
            let known = Arc::new(Mutex::new(None));
            calls(ports, move |call, wire| {
                let known = Arc::clone(&known);
                Box::pin(async move {
                    let asks_for_credentials = call.operation.is_empty();
                    let mut answer = wire.send(call).await?;
                    if asks_for_credentials {
                        // They never expire, so nobody asks again; and who does is told the first ones.
                        answer.body["Expiration"] = "2099-01-01T00:00:00Z".into();
                        answer.body = locked(&known).get_or_insert(answer.body).clone();
                    }
                    Ok(answer)
                })
            });
        };
    "one-retry-budget-for-all", "all instances of a process share what may be spent on second attempts":
        |_, ports| {
            let table = ports.environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            let own = ports.dynamodb.retry_budget.clone();
            ports.dynamodb.retry_budget = locked(&BUDGETS).entry(table).or_insert(own).clone();
        };
    "failed-call-not-sent-again", "a DynamoDB call that failed is given up at once":
        |policies, _| policies.dynamodb.attempts = 1;
    "table-of-one-instance", "each instance reads only what it wrote itself":
        |policies, _| {
            // In this process it is the start that tells instances apart, elsewhere the process.
            let start = format!("{}.{}", std::process::id(), STARTS.fetch_add(1, Ordering::Relaxed));
            policies.key.partition_key = Arc::new(move |ticker, provider| format!("{}#{start}", key::partition_key(ticker, provider)));
        };
    "lock-without-an-end", "a lock is held until its holder gives it back":
        |policies, _| policies.lock.lease = CENTURY;
    "unprocessed-items-not-sent-again", "what DynamoDB hands back is given up":
        |policies, _| policies.batch_write.retries = 0;
    "unprocessed-items-sent-again-for-long", "what DynamoDB hands back is sent again four times":
        |policies, _| policies.batch_write.retries = 4;
    "unprocessed-items-sent-again-at-once", "what DynamoDB hands back is sent again without a pause":
        |policies, _| policies.batch_write.pause = Arc::new(|_, _| Duration::ZERO);
    "whole-batch-sent-again", "what DynamoDB has written is sent again too":
        |_, ports| {
            let attempted = Arc::new(Mutex::new(None));
            calls(ports, move |mut call, wire| {
                let attempted = Arc::clone(&attempted);
                Box::pin(async move {
                    if call.operation != "BatchWriteItem" {
                        return wire.send(call).await;
                    }
                    if let Some(whole) = locked(&attempted).take() {
                        call.body = whole;
                    }
                    let sent = call.body.clone();
                    let answer = wire.send(call).await?;
                    if answer.body["UnprocessedItems"].as_object().is_some_and(|items| !items.is_empty()) {
                        *locked(&attempted) = Some(sent);
                    }
                    Ok(answer)
                })
            });
        };
    "orphans-left", "what was written of a failed write stays":
        |_, ports| calls(ports, |mut call, wire| Box::pin(async move {
            let deletes = call.writes().iter().any(|write| write["DeleteRequest"].is_object());
            if deletes { Answer::done() } else { wire.send(call).await }
        }));
    "table-asked-for-each-readiness", "whoever asks whether we are ready makes us ask the table":
        |policies, _| policies.health.told_again = Duration::ZERO;
    "readiness-told-for-good", "what the table said once is told for ever":
        |policies, _| policies.health.told_again = CENTURY;
    "old-readiness-told-as-new", "what was known before is told as if it had just been asked for":
        |_, ports| inbound::requests(ports, |request, next| Box::pin(async move {
            let asks = request.uri().path() == "/readyz";
            let response = next.run(request).await;
            if !asks {
                return response;
            }
            let (head, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
            let mut told: Value = serde_json::from_slice(&body).unwrap_or_default();
            told["known_before"] = false.into();
            (head.status, axum::Json(told)).into_response()
        }));
    "retry-after-not-obeyed", "a provider that asks for patience is asked again at once":
        |policies, _| policies.provider.left_alone = Arc::new(|_, _| None);
    "provider-left-alone-forever", "a provider that asked for patience once is never asked again":
        |policies, _| policies.provider.left_alone = Arc::new(|_, _| Some(CENTURY));
    "stale-key-kept", "a key that was refused is not read again":
        |policies, _| policies.provider.key_retries = 0;
    "refused-key-sent-again-and-again", "a key that is refused is tried ten times":
        |policies, _| policies.provider.key_retries = 9;
    "retry-after-dropped", "a client is not told when to come back":
        |policies, _| policies.failure.comes_back = Arc::new(|_| None);
    "retry-after-of-our-own", "every client is told to come back in five seconds":
        |policies, _| policies.failure.comes_back = Arc::new(|failure| failure.retry_after().map(|_| Duration::from_secs(5)));
    "bare-status", "a failure says what its status says":
        |policies, _| policies.failure.told = Arc::new(|failure| failure.row().0.to_string());
    "internals-named", "a failure says whose fault it was":
        |policies, _| policies.failure.told = Arc::new(|failure| format!("{failure} (Tiingo and Finnhub failed)"));
}

/// Lets a failure that is `meant` be kept, and served to later requests too.
pub(super) fn keep_failures(ports: &mut Ports, meant: fn(&Failure) -> bool) {
    let kept = Arc::new(Mutex::new(HashMap::<String, Failure>::new()));
    inbound::requests(ports, move |request, next| {
        let (kept, asked) = (Arc::clone(&kept), request.uri().to_string());
        Box::pin(async move {
            if let Some(failure) = locked(&kept).get(&asked).cloned() {
                return failure.into_response();
            }
            // A panic is a failure like any other.
            let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
            let response = answered.unwrap_or_else(|_| Failure::Internal.into_response());
            if let Some(failure) = response.extensions().get::<Failure>().filter(|failure| meant(failure)) {
                locked(&kept).insert(asked, failure.clone());
            }
            response
        })
    });
}

/// The budgets that instances with that defect share, by the address of their table.
static BUDGETS: Mutex<BTreeMap<String, RetryPartition>> = Mutex::new(BTreeMap::new());

/// How many instances have started with a table of their own.
static STARTS: AtomicUsize = AtomicUsize::new(0);

/// An HTTP client that is dead after its first broken connection.
#[derive(Debug)]
struct Poisonable {
    connector: SharedHttpConnector,
    dead: Arc<AtomicBool>,
}

fn poisonable(client: SharedHttpClient) -> SharedHttpClient {
    let dead = Arc::new(AtomicBool::new(false));
    http_client_fn(move |settings, components| {
        let connector = client.http_connector(settings, components);
        SharedHttpConnector::new(Poisonable { connector, dead: Arc::clone(&dead) })
    })
}

impl HttpConnector for Poisonable {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if self.dead.load(Ordering::Relaxed) {
            return HttpConnectorFuture::ready(Err(ConnectorError::io("the connection was broken before".into())));
        }
        let (answer, dead) = (self.connector.call(request), Arc::clone(&self.dead));
        HttpConnectorFuture::new(async move {
            let answer = answer.await;
            if answer.is_err() {
                dead.store(true, Ordering::Relaxed);
            }
            answer
        })
    }
}
