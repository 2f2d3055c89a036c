//! Broken dependencies, for defects that are no decision: a DynamoDB client, a middleware, a log writer, a provider
//! client, a memory, a calendar and an environment that misbehave. Each wraps a port of the server; the server knows of none.

pub(crate) mod clock;
pub(crate) mod dynamodb;
pub(crate) mod environment;
pub(crate) mod inbound;
pub(crate) mod log;
pub(crate) mod memory;
pub(crate) mod providers;
pub(crate) mod stop;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
