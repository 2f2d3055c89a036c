//! What an operator sees: JSON logs, spans among them, and metrics in embedded metric format and for Prometheus.
//!
//! Everything belongs to one instance: no global subscriber, no global recorder.

mod alarm;
mod emf;
mod gathered;
mod logs;
mod metrics;
mod spans;

pub use alarm::{Alarm, worth};
pub use emf::{Published, in_one_piece, published};
pub use gathered::Gathered;
pub use logs::{LogWriter, filter, subscriber};
pub use metrics::{Layer, Metrics, never_fails_a_request};
pub use spans::{layer_span, request_span, task_span};
pub(crate) use spans::{traced, traced_at_once};
