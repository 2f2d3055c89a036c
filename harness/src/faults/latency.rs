//! The network is slow.

use std::time::Duration;

use super::{Call, Fault, Next, Reply};

/// A pause before the call reaches DynamoDB.
#[derive(Debug, Clone, Copy)]
pub struct Latency(Duration);

impl Latency {
    /// A pause of this length, by the lab's time.
    pub fn of(pause: Duration) -> Self {
        Self(pause)
    }
}

impl Fault for Latency {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied(format!("{:?} late", self.0));
        tokio::time::sleep(self.0).await;
        next.forward(call).await
    }
}
