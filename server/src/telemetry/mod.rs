//! What an operator sees: JSON logs, and metrics in embedded metric format and for Prometheus.
//!
//! Everything belongs to one instance: no global subscriber, no global recorder.

mod emf;
mod logs;
mod metrics;

pub use emf::{Published, published};
pub use logs::{LogWriter, subscriber};
pub use metrics::{Layer, Metrics};
