//! How a lab's instances end, and the lab itself.

use std::time::Duration;

use anyhow::Context;
use tokio::time::{Instant, timeout};

use super::Lab;
use crate::dynamodb::Share;
use crate::server::{Server, Stopping};
use crate::verdict::Verdict;

impl Lab {
    /// Stops an instance as an operator would. Its log is whole from then on, the last metrics included.
    ///
    /// # Errors
    /// Broken, when it does not stop as it should.
    pub async fn stop(&mut self, server: &Server) -> Verdict {
        self.servers.retain(|running| !running.is(server));
        self.stopped.push(server.clone());
        Ok(server.clone().stop().await.context("stopping a server")?)
    }

    /// Stops an instance as an operator would, and tells how long that took; nothing, when it has not ended by then.
    ///
    /// # Errors
    /// Broken, when it does not stop as it should.
    pub async fn stops_within(&mut self, server: &Server, patience: Duration) -> Verdict<Option<Duration>> {
        let began = Instant::now();
        match timeout(patience, self.stop(server)).await {
            Ok(stopped) => stopped.map(|()| Some(began.elapsed())),
            Err(_) => Ok(None),
        }
    }

    /// Tells an instance to stop, as an operator would, and goes on before it has.
    ///
    /// # Errors
    /// Broken, when it cannot be told.
    pub fn begin_to_stop(&mut self, server: &Server) -> Verdict<Stopping> {
        self.servers.retain(|running| !running.is(server));
        self.stopped.push(server.clone());
        Ok(server.begin_to_stop()?)
    }

    /// Ends an instance at once, whatever it is doing: what a crash leaves behind is left behind.
    ///
    /// # Errors
    /// Broken, when the target cannot be killed.
    pub async fn kill(&mut self, server: &Server) -> Verdict {
        self.servers.retain(|running| !running.is(server));
        self.stopped.push(server.clone());
        Ok(server.kill().await.context("killing a server")?)
    }

    /// Takes the world down: the providers, so that nobody waits for them, the servers, as an operator would, and
    /// gives what they stood on, which is to be ended last.
    ///
    /// # Errors
    /// What did not stop as it should.
    pub(crate) async fn leave(self) -> anyhow::Result<Share> {
        let Self { dynamodb, tiingo, finnhub, share, client, servers, stopped, .. } = self;
        drop(stopped);
        drop(client);
        tiingo.stop().await;
        finnhub.stop().await;
        for server in servers {
            server.stop().await.context("stopping a server")?;
        }
        dynamodb.stop().await;
        Ok(share)
    }

    /// Takes the world down, and all that it stood on.
    ///
    /// # Errors
    /// What did not stop as it should, or could not be removed.
    pub async fn close(self) -> anyhow::Result<()> {
        self.leave().await?.end().await
    }
}
