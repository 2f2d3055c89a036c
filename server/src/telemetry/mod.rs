//! What an operator sees: JSON logs, and metrics in embedded metric format and for Prometheus.
//!
//! Everything belongs to one instance: no global subscriber, no global recorder.

mod emf;
mod gathered;
mod logs;
mod metrics;

pub use gathered::Gathered;
pub use logs::{LogWriter, filter, subscriber};
pub use metrics::{Layer, Metrics};
