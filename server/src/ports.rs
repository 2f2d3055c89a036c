//! Where an instance touches the world. Each port has its real implementation here; whoever composes a server may hand
//! over another one.

use std::io;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::http::Inbound;
use crate::l1::{Entries, Room, scan_resistant};
use crate::providers::{Transport, call};
use crate::settings::Environment;
use crate::signals::stop_on_signal;
use crate::store::Connection;
use crate::telemetry::LogWriter;

/// Tells when an instance is to stop.
pub type Stop = Arc<dyn Fn() -> io::Result<CancellationToken> + Send + Sync>;

/// The world of one instance.
#[derive(Clone)]
pub struct Ports {
    /// The variables that settings are read from.
    pub environment: Environment,
    /// The calendar.
    pub clock: Arc<dyn Clock>,
    /// Where log lines and metric documents go.
    pub log: LogWriter,
    /// When to stop: at SIGTERM or Ctrl-C. Waited for from the first call on.
    pub stop: Stop,
    /// A layer around the routes: none.
    pub inbound: Inbound,
    /// How DynamoDB is reached.
    pub dynamodb: Connection,
    /// How providers are reached.
    pub providers: Transport,
    /// Memory with so much room.
    pub memory: Arc<dyn Fn(Room) -> Arc<dyn Entries> + Send + Sync>,
    /// Whether tests may control the instance over HTTP. Whoever composes one has to say so: they need no token.
    #[cfg(feature = "test-controls")]
    pub test_controls: bool,
}

impl Ports {
    /// The real world, but for what a process, or a test, has of its own.
    pub fn new(environment: Environment, clock: Arc<dyn Clock>, log: LogWriter) -> Self {
        Self {
            environment,
            clock,
            log,
            stop: Arc::new(stop_on_signal),
            inbound: Arc::new(|routes| routes),
            dynamodb: Connection::default(),
            providers: Arc::new(call),
            memory: Arc::new(scan_resistant),
            #[cfg(feature = "test-controls")]
            test_controls: false,
        }
    }
}
