//! The one value that owns everything. No globals: a process can hold ten instances that share a table.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, error, info, warn};

use crate::composition::Parts;
use crate::http::connections::ConnectionPolicy;
use crate::http::envelope::Envelope;
use crate::http::{self, Connections};
use crate::policies::Policies;
use crate::ports::Ports;
use crate::providers::TlsError;
use crate::settings::Settings;
use crate::telemetry::{LogWriter, Metrics, subscriber};
use crate::warming::{Summary, Warmed, Warming};

/// One instance of the server.
pub struct Server {
    service: Envelope<Router>,
    connections: ConnectionPolicy,
    warming: Warming,
    metrics: Arc<Metrics>,
    flush_every: Duration,
    /// Look-ups and write-throughs under way.
    tasks: TaskTracker,
    logs: Dispatch,
    log: LogWriter,
    #[cfg(feature = "test-controls")]
    controls: Arc<http::Controls>,
}

/// Why an instance could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// TLS could not be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

impl Server {
    /// An instance with these settings, which goes by these policies, in this world. Connects to nothing yet.
    ///
    /// # Errors
    /// When the system does not let it: TLS needs its certificates.
    pub async fn new(settings: Settings, policies: Policies, ports: Ports) -> Result<Arc<Self>, StartError> {
        let metrics = Arc::new(Metrics::new(Arc::clone(&ports.clock), policies.metrics.clone()));
        let (filter, clock) = (settings.log.clone(), Arc::clone(&ports.clock));
        let logs = subscriber(filter, clock, ports.log.clone(), Arc::clone(&metrics));
        let flush_every = policies.metrics.every;
        let connections = policies.connections.clone();
        let parts = Parts::new(&settings, policies, &ports, metrics).await?;
        #[cfg(feature = "test-controls")]
        let controls = parts.controls(&ports);
        #[cfg(feature = "test-controls")]
        let routes = parts.routes(settings, ports.test_controls.then(|| Arc::clone(&controls)));
        #[cfg(not(feature = "test-controls"))]
        let routes = parts.routes(settings);
        Ok(Arc::new(Self {
            #[cfg(feature = "test-controls")]
            controls,
            connections,
            service: http::service(routes, &ports.inbound, parts.envelope(logs.clone())),
            warming: parts.warming(),
            metrics: parts.metrics,
            flush_every,
            tasks: parts.tasks,
            logs,
            log: ports.log,
        }))
    }

    /// Serves on `listener` until `stop` is cancelled; then finishes what is under way, writes included, as far as the
    /// time for that goes.
    ///
    /// # Errors
    /// As the listener fails.
    pub async fn run(self: Arc<Self>, listener: TcpListener, stop: CancellationToken) -> io::Result<()> {
        let logs = self.logs.clone();
        self.run_logged(listener, stop).with_subscriber(logs).await
    }

    async fn run_logged(self: Arc<Self>, listener: TcpListener, stop: CancellationToken) -> io::Result<()> {
        let address: SocketAddr = listener.local_addr()?;
        info!(%address, outcome = "listening", "ready for requests");
        let flushing = tokio::spawn(Arc::clone(&self).flush_metrics().with_current_subscriber());
        let connections = Connections::to(self.service.clone(), self.connections.clone(), stop);
        connections.accept(listener).await;
        let finished = async {
            connections.ended().await;
            self.idle().await;
        };
        let in_time = timeout(self.connections.shutdown_timeout, finished).await.is_ok();
        flushing.abort();
        self.flush_metrics_now();
        match in_time {
            true => info!(outcome = "stopped", "everything under way is finished"),
            false => {
                let (connections, tasks) = (connections.cut_off(), self.tasks.len());
                warn!(outcome = "cut_off", connections, tasks, "stopped in time, though not everything was finished");
            }
        }
        Ok(())
    }

    /// Warms every resolution of these tickers; `told` hears of each key when it is done.
    pub async fn warm(&self, tickers: &[String], told: impl FnMut(&Warmed)) -> Summary {
        let summary = self.warming.warm(tickers, told).with_subscriber(self.logs.clone()).await;
        self.idle().await;
        self.flush_metrics_now();
        summary
    }

    /// Waits until no look-up and no write-through is under way.
    pub async fn idle(&self) {
        idle(&self.tasks).await;
    }

    /// Empties memory and leaves DynamoDB alone; gives the number of answers.
    #[cfg(feature = "test-controls")]
    pub fn drop_l1(&self) -> usize {
        self.controls.memory.forget(|_| true)
    }

    /// Lets it fail at a place, in a way, from now on; with none, nowhere.
    ///
    /// # Errors
    /// When there is no such place or way, with those that there are.
    #[cfg(feature = "test-controls")]
    pub fn fail_at(&self, fault: Option<(&str, &str)>) -> Result<(), String> {
        self.controls.fail_points.tell(fault)
    }

    async fn flush_metrics(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(self.flush_every);
        loop {
            ticks.tick().await;
            self.flush_metrics_now();
        }
    }

    fn flush_metrics_now(&self) {
        if let Err(cause) = self.metrics.flush(&self.log) {
            error!(%cause, outcome = "metrics_lost", "metrics could not be written");
        }
    }
}

/// Waits until none of these tasks is under way.
pub(crate) async fn idle(tasks: &TaskTracker) {
    tasks.close();
    tasks.wait().await;
    tasks.reopen();
}
