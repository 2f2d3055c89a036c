//! What is wanted of each comparison.

use std::time::Duration;

/// An aim, relative to the reference.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// At least this part of the reference's throughput, when each turn is so many answers.
    Throughput { least: f64, answers: u32 },
    /// At most so many times what the reference takes.
    Times(f64),
    /// At most so much more time than the reference takes.
    Added(Duration),
}
