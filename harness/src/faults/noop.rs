//! The reference fault: passes every call on, untouched. Start from this one when adding another.

use super::{Call, Fault, Next, Reply};

/// Changes nothing. What still goes wrong under it is the proxy's doing.
#[derive(Debug, Clone, Copy)]
pub struct Noop;

impl Fault for Noop {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied("nothing at all");
        next.forward(call).await
    }
}
