//! Where calls go when no fault has kept them: to a tier, or to somebody who stands before it.

use futures_util::future::BoxFuture;

use super::{Answer, Call};

/// The way from the fault proxy to DynamoDB.
pub trait Upstream: Send + Sync + 'static {
    /// Brings a call there, and the whole answer back.
    fn send(&self, call: Call) -> BoxFuture<'_, anyhow::Result<Answer>>;

    /// Ends whatever it has left running.
    fn end(&self) -> BoxFuture<'_, ()>;
}

impl<U: Upstream + ?Sized> Upstream for Box<U> {
    fn send(&self, call: Call) -> BoxFuture<'_, anyhow::Result<Answer>> {
        (**self).send(call)
    }

    fn end(&self) -> BoxFuture<'_, ()> {
        (**self).end()
    }
}
