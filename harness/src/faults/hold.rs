//! Calls wait at a gate before they reach DynamoDB.

use super::{Call, Fault, Next, Reply};
use crate::gate::Barrier;

/// A gate in front of DynamoDB. A call that was let go is carried out, also when its caller has given up.
#[derive(Debug, Clone)]
pub struct Hold(Barrier);

impl Hold {
    /// Calls wait at this barrier.
    pub fn at(barrier: Barrier) -> Self {
        Self(barrier)
    }
}

impl Fault for Hold {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied("held");
        self.0.pass().await;
        next.forward(call).await
    }
}
