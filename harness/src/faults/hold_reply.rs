//! Answers wait at a gate, after DynamoDB has carried out the call.

use super::{Call, Fault, Next, Reply};
use crate::gate::Barrier;

/// A gate behind DynamoDB.
#[derive(Debug, Clone)]
pub struct HoldReply(Barrier);

impl HoldReply {
    /// Answers wait at this barrier.
    pub fn at(barrier: Barrier) -> Self {
        Self(barrier)
    }
}

impl Fault for HoldReply {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied("reply held");
        let reply = next.forward(call).await;
        self.0.pass().await;
        reply
    }
}
