//! A fixed address that leads to where a lab listens at the moment.

use anyhow::Context;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// Passes connections on until it is dropped.
pub(super) struct Relay(JoinHandle<()>);

impl Relay {
    /// Passes what comes to `address` on to the host of `url`.
    pub(super) async fn from(field: &str, address: &str, url: &str) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("{field}: cannot listen on {address}"))?;
        let there = url.trim_start_matches("http://").to_owned();
        Ok(Self(tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                let there = there.clone();
                connections.spawn(async move {
                    // Either side may leave when it likes.
                    if let Ok(mut server) = TcpStream::connect(there).await {
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    }
                });
            }
        })))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.0.abort();
    }
}
