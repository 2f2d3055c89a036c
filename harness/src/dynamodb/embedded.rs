//! The embedded tier: dynoxide on a loopback port of its own.
//!
//! Always strongly consistent, never throttled; nothing expires until [`Embedded::sweep_ttl`] is called.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use dynoxide::Database;
use dynoxide::storage_backend::Clock;
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Endpoint;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// A running embedded DynamoDB. It stops when dropped; [`Embedded::stop`] also waits until it has.
pub struct Embedded {
    endpoint: Endpoint,
    database: Database,
    running: DropGuard,
    serving: JoinHandle<Result<(), String>>,
}

impl Embedded {
    /// An empty database in memory; `now` is the clock that its TTL goes by, in epoch seconds.
    ///
    /// # Errors
    /// When there is no loopback port to listen on.
    pub fn in_memory(now: impl Fn() -> u64 + Send + Sync + 'static) -> anyhow::Result<Self> {
        Self::serve(Database::memory_with_clock(Arc::new(TtlClock(now)))?)
    }

    /// The database in this file, which is created when missing; its TTL goes by the real clock.
    ///
    /// # Errors
    /// When the file cannot be opened as a database, or there is no loopback port to listen on.
    pub fn in_file(path: &Path) -> anyhow::Result<Self> {
        let path = path.to_str().context("the path of a database must be UTF-8")?;
        Self::serve(Database::new(path).with_context(|| format!("cannot open {path}"))?)
    }

    fn serve(database: Database) -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        // On Linux the connections inherit this from their listener, which is all dynoxide takes.
        socket.set_nodelay(true)?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let listener = socket.listen(BACKLOG)?;
        let url = format!("http://{}", listener.local_addr()?);
        let stop = CancellationToken::new();
        let server = dynoxide::server::serve_with_shutdown(listener, database.clone(), stop.clone().cancelled_owned());
        Ok(Self { endpoint: Endpoint::at(url), database, running: stop.drop_guard(), serving: tokio::spawn(server) })
    }

    /// Where it listens.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The database itself, for those who need no wire.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// Deletes what has expired by the clock, in tables with TTL enabled, and counts it.
    ///
    /// # Errors
    /// When the database cannot be read or written.
    pub fn sweep_ttl(&self) -> anyhow::Result<usize> {
        Ok(self.database.sweep_ttl()?)
    }

    /// Stops it and waits until every connection is closed.
    ///
    /// # Errors
    /// When it had already ended by itself.
    pub async fn stop(self) -> anyhow::Result<()> {
        drop(self.running);
        self.serving.await?.map_err(anyhow::Error::msg)
    }
}

struct TtlClock<F>(F);

impl<F: Fn() -> u64 + Send + Sync> Clock for TtlClock<F> {
    fn now_unix_secs(&self) -> u64 {
        (self.0)()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.now_unix_secs() as f64
    }
}
