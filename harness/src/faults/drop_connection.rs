//! The connection breaks before the call reaches DynamoDB.

use super::{Call, Fault, Next, Reply};

/// No answer: the connection is closed, and nothing was carried out.
#[derive(Debug, Clone, Copy)]
pub struct DropConnection;

impl Fault for DropConnection {
    async fn meet(&self, _call: Call, next: Next<'_>) -> Reply {
        next.applied("connection dropped");
        Reply::Dropped
    }
}
