//! DynamoDB carries the call out, and its answer is lost.

use super::{Call, Fault, Onward, Reply};

/// No answer: the connection is closed, though everything was carried out.
#[derive(Debug, Clone, Copy)]
pub struct LostReply;

impl Fault for LostReply {
    async fn meet(&self, call: Call, onward: Onward<'_>) -> Reply {
        onward.applied("reply lost");
        onward.forward(call).await;
        Reply::Dropped
    }
}
