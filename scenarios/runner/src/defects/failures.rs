//! Mistakes when DynamoDB or a provider fails.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::future::ProvideCredentials as ProvidedCredentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_sdk_dynamodb::config::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use ohlc_server::error::Failure;
use ohlc_server::key;
use ohlc_server::providers;
use ohlc_server::store;

use super::defects;

const CENTURY: Duration = Duration::from_secs(36_525 * 86_400);

defects! {
    "read-error-passed-on", "a table that cannot be read fails the request":
        |rules, _| rules.read_failed = Arc::new(|_| Err(Failure::Internal));
    "write-error-passed-on", "a table that cannot be written fails the request":
        |rules, _| rules.write_failed = Arc::new(|_| Err(Failure::Internal));
    "lost-metrics-fail-the-request", "what cannot be counted is not served":
        |rules, _| rules.metrics_lost = Arc::new(|| Err(Failure::Internal));
    "store-failure-without-a-trace", "a DynamoDB call that failed is neither logged nor counted":
        |rules, _| rules.store_failure = Arc::new(|_, _, _| {});
    "unknown-failures-taken-as-our-mistake", "a DynamoDB call that failed in an unknown way is logged as one that we built badly":
        |rules, _| rules.store_failure = Arc::new(|metrics, operation, cause| {
            let known = cause != "unreadable answer";
            store::report(metrics, operation, if known { cause } else { "request could not be built" });
        });
    "unavailable-cached", "a 503 is kept and served again":
        |rules, _| rules.kept_failure = Arc::new(|failure| matches!(failure, Failure::Unavailable { .. }));
    "unknown-ticker-cached", "a 404 is kept and served again":
        |rules, _| rules.kept_failure = Arc::new(|failure| matches!(failure, Failure::UnknownTicker { .. }));
    "empty-answer-cached", "an answer without candles is as good as any":
        |rules, _| rules.worth_keeping = Arc::new(|_| true);
    "no-fallback", "what the first provider cannot give, nobody is asked for":
        |rules, _| rules.falls_back = Arc::new(|_, _| false);
    "no-provider-timeout", "a provider is waited for as long as it takes":
        |rules, _| rules.provider_timeout = CENTURY;
    "unbounded-wait", "neither a provider nor a visitor is ever told that it took too long":
        |rules, _| {
            rules.provider_timeout = CENTURY;
            rules.ceiling = CENTURY;
        };
    "breaker-opens-at-two", "two failures open the breaker":
        |rules, _| rules.breaker_threshold = 2;
    "breaker-opens-at-four", "the third failure is let pass":
        |rules, _| rules.breaker_threshold = 4;
    "breaker-open-forever", "a breaker that opened never closes":
        |rules, _| rules.breaker_cooldown = CENTURY;
    "breaker-closes-at-once", "a breaker that opened is over it the next moment":
        |rules, _| rules.breaker_cooldown = Duration::ZERO;
    "dynamodb-client-poisoned", "a client that has met one broken connection never works again":
        |rules, _| {
            let client = Arc::clone(&rules.dynamodb_http);
            rules.dynamodb_http = Arc::new(move |aws| poisonable(client(aws)));
        };
    "answer-copied-in-every-layer", "whoever touches a provider's answer makes a copy of it":
        |rules, _| rules.provider_call = Arc::new(|client, call| {
            let call = providers::call(client, call);
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
        |rules, _| rules.credentials = Arc::new(|credentials| SharedCredentialsProvider::new(ReadOnce(credentials, OnceLock::new())));
    "one-retry-budget-for-all", "all instances of a process share what may be spent on second attempts":
        |rules, environment| {
            let table = environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            let own = Arc::clone(&rules.retry_budget);
            rules.retry_budget = Arc::new(move || {
                let mut budgets = BUDGETS.lock().unwrap_or_else(PoisonError::into_inner);
                budgets.entry(table.clone()).or_insert_with(|| own()).clone()
            });
        };
    "failed-call-not-sent-again", "a DynamoDB call that failed is given up at once":
        |rules, _| rules.dynamodb_attempts = 1;
    "table-of-one-instance", "each instance reads only what it wrote itself":
        |rules, _| {
            // In this process it is the start that tells instances apart, elsewhere the process.
            let start = format!("{}.{}", std::process::id(), STARTS.fetch_add(1, Ordering::Relaxed));
            rules.partition_key = Arc::new(move |ticker, provider| format!("{}#{start}", key::partition_key(ticker, provider)));
        };
    "lock-without-an-end", "a lock is held until its holder gives it back":
        |rules, _| rules.lock_lease = CENTURY;
    "unprocessed-items-not-sent-again", "what DynamoDB hands back is given up":
        |rules, _| rules.batch_retries = 0;
    "unprocessed-items-sent-again-for-long", "what DynamoDB hands back is sent again four times":
        |rules, _| rules.batch_retries = 4;
    "unprocessed-items-sent-again-at-once", "what DynamoDB hands back is sent again without a pause":
        |rules, _| rules.batch_pause = Arc::new(|_, _| Duration::ZERO);
    "whole-batch-sent-again", "what DynamoDB has written is sent again too":
        |rules, _| rules.sent_again = Arc::new(|attempted, _| attempted.to_vec());
    "orphans-left", "what was written of a failed write stays":
        |rules, _| rules.rolled_back = Arc::new(|_| Vec::new());
    "retry-after-not-obeyed", "a provider that asks for patience is asked again at once":
        |rules, _| rules.left_alone = Arc::new(|_, _| None);
    "provider-left-alone-forever", "a provider that asked for patience once is never asked again":
        |rules, _| rules.left_alone = Arc::new(|_, _| Some(CENTURY));
    "stale-key-kept", "a key that was refused is not read again":
        |rules, _| rules.key_retries = 0;
    "refused-key-sent-again-and-again", "a key that is refused is tried ten times":
        |rules, _| rules.key_retries = 9;
    "retry-after-dropped", "a client is not told when to come back":
        |rules, _| rules.comes_back = Arc::new(|_| None);
    "retry-after-of-our-own", "every client is told to come back in five seconds":
        |rules, _| rules.comes_back = Arc::new(|failure| failure.retry_after().map(|_| Duration::from_secs(5)));
    "bare-status", "a failure says what its status says":
        |rules, _| rules.told = Arc::new(|failure| failure.row().0.to_string());
    "internals-named", "a failure says whose fault it was":
        |rules, _| rules.told = Arc::new(|failure| format!("{failure} (Tiingo and Finnhub failed)"));
}

/// Credentials as they were the first time.
#[derive(Debug)]
struct ReadOnce(SharedCredentialsProvider, OnceLock<Credentials>);

impl ProvideCredentials for ReadOnce {
    fn provide_credentials<'a>(&'a self) -> ProvidedCredentials<'a>
    where
        Self: 'a,
    {
        ProvidedCredentials::new(async {
            if let Some(known) = self.1.get() {
                return Ok(known.clone());
            }
            let first = self.0.provide_credentials().await?;
            Ok(self.1.get_or_init(|| first).clone())
        })
    }
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
