//! How a server ends: told to stop, or killed.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::Server;
use crate::gate::PATIENCE;
use crate::targets::Instance;
use crate::verdict::{Stop, Verdict, expect};

/// How long a server that was told to stop may go on listening before it counts as one that does not care.
const CLOSING: Duration = Duration::from_secs(3);

impl Server {
    pub(crate) fn begin_to_stop(&self) -> anyhow::Result<Stopping> {
        self.instance.begin_to_stop()?;
        Ok(Stopping { instance: Arc::clone(&self.instance) })
    }

    pub(crate) async fn kill(&self) -> anyhow::Result<()> {
        self.instance.kill().await
    }

    /// Waits until it takes no new connection; false when it still does after [`CLOSING`].
    ///
    /// # Errors
    /// Broken, when its address is not valid.
    pub async fn refuses_connections(&self) -> Verdict<bool> {
        let address = self.instance.url().trim_start_matches("http://");
        let started = Instant::now();
        while started.elapsed() < CLOSING {
            match TcpStream::connect(address).await {
                Err(cause) if cause.kind() == ErrorKind::ConnectionRefused => return Ok(true),
                // Its listener went while the client stood in the queue: the next one will know.
                Err(cause) if cause.kind() == ErrorKind::ConnectionReset => {}
                Err(cause) => return Err(Stop::Broken(format!("connecting to {address}: {cause}"))),
                // It leaves when its client does, and may be too busy to notice: one at a time.
                Ok(mut client) => {
                    let _ = client.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").await;
                    let _ = client.read_to_end(&mut Vec::new()).await;
                }
            }
        }
        Ok(false)
    }
}

/// An instance that was told to stop.
pub struct Stopping {
    instance: Arc<dyn Instance>,
}

impl Stopping {
    /// Whether it has ended before so much time is over.
    ///
    /// # Errors
    /// Broken, when that cannot be known.
    pub async fn has_ended_within(&self, time: Duration) -> Verdict<bool> {
        match tokio::time::timeout(time, self.instance.exit_code()).await {
            Ok(ended) => Ok(ended.map(|_| true)?),
            Err(_) => Ok(false),
        }
    }

    /// Its exit code, when it has ended; none when it was killed.
    ///
    /// # Errors
    /// Failed, when it does not end.
    pub async fn exit_code(&self) -> Verdict<Option<i32>> {
        let ended = tokio::time::timeout(PATIENCE, self.instance.exit_code()).await.ok();
        expect("the end of a process", ended.transpose()?).is_there()
    }
}
