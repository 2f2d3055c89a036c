//! What a fault is.

use futures_util::future::{BoxFuture, FutureExt};

use super::{Call, Next, Reply};

/// Something that goes wrong on the way to DynamoDB and back.
pub trait Fault: Send + Sync + 'static {
    /// Meets one call that it was injected for, and says what the caller gets.
    ///
    /// [`Next::forward`] passes the call on and brings the answer back; [`Next::applied`] notes that the
    /// fault did something, and what. A fault that a call gives no occasion to forwards it and notes nothing.
    fn meet(&self, call: Call, next: Next<'_>) -> impl Future<Output = Reply> + Send;
}

/// A fault of any type; `async` methods alone cannot be called through `dyn`.
pub(super) trait AnyFault: Send + Sync {
    fn meet<'a>(&'a self, call: Call, next: Next<'a>) -> BoxFuture<'a, Reply>;
}

impl<F: Fault> AnyFault for F {
    fn meet<'a>(&'a self, call: Call, next: Next<'a>) -> BoxFuture<'a, Reply> {
        Fault::meet(self, call, next).boxed()
    }
}
