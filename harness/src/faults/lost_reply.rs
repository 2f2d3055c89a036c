//! DynamoDB carries the call out, and its answer is lost.

use super::{Call, Fault, Next, Reply};

/// No answer: the connection is closed, though everything was carried out.
#[derive(Debug, Clone, Copy)]
pub struct LostReply;

impl Fault for LostReply {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied("reply lost");
        next.forward(call).await;
        Reply::Dropped
    }
}
