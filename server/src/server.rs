//! The one value that owns everything. No globals: a process can hold ten instances that share a table.

use std::net::SocketAddr;
use std::sync::Arc;

use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_dynamodb::config::{Config, Credentials, SharedCredentialsProvider, SharedHttpClient};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use axum::ServiceExt;
use axum::extract::Request;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, error, info};

use crate::clock::Clock;
use crate::fail_points::FailPoints;
use crate::flights::Flights;
use crate::http;
use crate::http::auth::Gatekeeper;
use crate::http::dashboard::Dashboard;
use crate::l1::L1;
use crate::providers::Providers;
use crate::rules::Rules;
use crate::settings::{AwsSettings, Settings};
use crate::store::Store;
use crate::telemetry::{LogWriter, Metrics, subscriber};

/// One instance of the server.
pub struct Server {
    pub(crate) rules: Arc<Rules>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) gatekeeper: Gatekeeper,
    pub(crate) l1: L1,
    pub(crate) store: Store,
    pub(crate) providers: Providers,
    pub(crate) flights: Flights,
    /// What people are shown, if anything.
    pub(crate) dashboard: Option<Dashboard>,
    /// Where tests let it fail.
    pub(crate) fail_points: FailPoints,
    /// Look-ups and write-throughs under way.
    pub(crate) tasks: TaskTracker,
    pub(crate) logs: Dispatch,
    log_writer: LogWriter,
}

/// Why an instance could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// TLS could not be set up.
    #[error("{0}")]
    Tls(String),
}

impl Server {
    /// An instance with these settings. Connects to nothing yet: a cache must start while DynamoDB is down.
    ///
    /// # Errors
    /// When the system does not let it: TLS needs its certificates.
    pub async fn new(
        settings: Settings,
        clock: Arc<dyn Clock>,
        log_writer: LogWriter,
    ) -> Result<Arc<Self>, StartError> {
        let logs = subscriber(settings.log.clone(), Arc::clone(&clock), log_writer.clone());
        let rules = Arc::new(settings.rules.clone());
        let metrics = Arc::new(Metrics::new(Arc::clone(&clock), Arc::clone(&rules)));
        let providers = Providers::new(&settings, Arc::clone(&rules), Arc::clone(&clock), Arc::clone(&metrics))
            .map_err(|no_tls| StartError::Tls(no_tls.to_string()))?;
        let client = dynamodb(&settings.aws, &rules).await;
        let store = Store::new(client, settings.table, Arc::clone(&rules), Arc::clone(&clock), Arc::clone(&metrics));
        Ok(Arc::new(Self {
            gatekeeper: Gatekeeper::new(
                settings.api_tokens,
                settings.admin_tokens,
                settings.jwt_secret,
                Arc::clone(&clock),
            ),
            l1: L1::new((rules.replacement)(settings.l1_entries)),
            store,
            providers,
            flights: Flights::new(Arc::clone(&rules)),
            dashboard: settings.dashboard,
            fail_points: FailPoints::default(),
            tasks: TaskTracker::new(),
            rules,
            clock,
            metrics,
            logs,
            log_writer,
        }))
    }

    /// Serves on `listener` until `stop` is cancelled; then finishes what is under way, writes included (F10).
    ///
    /// # Errors
    /// As the listener fails.
    pub async fn run(self: Arc<Self>, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
        let logs = self.logs.clone();
        self.run_logged(listener, stop).with_subscriber(logs).await
    }

    async fn run_logged(self: Arc<Self>, listener: TcpListener, stop: CancellationToken) -> std::io::Result<()> {
        let address: SocketAddr = listener.local_addr()?;
        info!(%address, outcome = "listening", "ready for requests");
        let flushing = tokio::spawn(Arc::clone(&self).flush_metrics().with_current_subscriber());
        let told = stop.clone();
        let server = Arc::clone(&self);
        let leaving = async move {
            told.cancelled().await;
            if !server.rules.refuses_while_stopping {
                server.idle().await;
            }
        };
        let service = ServiceExt::<Request>::into_make_service(http::service(Arc::clone(&self)));
        let serving = axum::serve(listener, service).with_graceful_shutdown(leaving);
        let served = if self.rules.finishes_while_stopping {
            let served = serving.await;
            self.idle().await;
            served
        } else {
            stop.run_until_cancelled(serving.into_future()).await.unwrap_or(Ok(()))
        };
        flushing.abort();
        if self.rules.last_flush {
            self.flush_metrics_now();
        }
        info!(outcome = "stopped", "everything under way is finished");
        served
    }

    /// Waits until no look-up and no write-through is under way.
    pub async fn idle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }

    /// Empties memory and leaves DynamoDB alone; gives the number of answers.
    #[cfg(feature = "test-controls")]
    pub fn drop_l1(&self) -> usize {
        self.l1.forget(|_| true)
    }

    /// Writes a line of a test's own to the log, whatever its level.
    #[cfg(feature = "test-controls")]
    pub(crate) fn write_to_log(&self, mark: &str) -> std::io::Result<()> {
        self.log_writer.write_line(format!("{}\n", serde_json::json!({ "mark": mark })).as_bytes())
    }

    /// Lets it fail at a place, in a way, from now on; with none, nowhere.
    ///
    /// # Errors
    /// When there is no such place or way, with those that there are.
    #[cfg(feature = "test-controls")]
    pub fn fail_at(&self, fault: Option<(&str, &str)>) -> Result<(), String> {
        self.fail_points.tell(fault)
    }

    async fn flush_metrics(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(self.rules.metrics_every);
        loop {
            ticks.tick().await;
            self.flush_metrics_now();
        }
    }

    pub(crate) fn flush_metrics_now(&self) {
        if let Err(cause) = self.metrics.flush(&self.log_writer) {
            error!(%cause, outcome = "metrics_lost", "metrics could not be written");
        }
    }
}

/// HTTP for DynamoDB, and for whoever gives credentials; over ring. Without TLS when all of it is set and nobody speaks
/// it, as beside an emulator: the certificates of the system would be read for nothing, which is most of a start.
pub(crate) fn http_client(aws: &AwsSettings) -> SharedHttpClient {
    let plain = aws.endpoint.as_ref().is_some_and(|url| url.starts_with("http:"));
    match plain && aws.credentials.is_some() {
        true => Builder::new().build_http(),
        false => Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https(),
    }
}

/// The SDK asks for credentials again when they expire, wherever they come from (E10).
pub(crate) fn asked_again(credentials: SharedCredentialsProvider) -> SharedCredentialsProvider {
    credentials
}

/// What an instance may spend on sending failed calls again. Its own: the SDK would let all clients of a process share
/// one budget, so that what one instance meets leaves another without a second attempt.
pub(crate) fn retry_budget() -> RetryPartition {
    RetryPartition::custom("instance").build()
}

/// The one DynamoDB client of an instance (R3, R7), with the SDK's own retry.
async fn dynamodb(aws: &AwsSettings, rules: &Rules) -> Client {
    let http = (rules.dynamodb_http)(aws);
    let retry =
        RetryConfig::standard().with_max_attempts(rules.dynamodb_attempts).with_initial_backoff(rules.batch_backoff);
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http).retry_config(retry);
    if let Some(region) = &aws.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some((id, key, token)) = &aws.credentials {
        let token = token.as_ref().map(|token| token.expose_secret().to_owned());
        loader = loader.credentials_provider(Credentials::new(id, key.expose_secret(), token, None, "settings"));
    }
    if let Some(endpoint) = &aws.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    let found = loader.load().await;
    let mut config = Config::from(&found).to_builder().retry_partition((rules.retry_budget)());
    if let Some(credentials) = found.credentials_provider() {
        config = config.credentials_provider((rules.credentials)(credentials));
    }
    Client::from_conf(config.build())
}
