//! Reports: what a run found out, for people and for programs.

pub mod json;
pub mod progress;
pub mod terminal;

use std::time::Duration;

use crate::outcome::{Entry, Summary};

/// Everything that a report tells.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the server's table lived on.
    pub tier: String,
    /// What was tested.
    pub target: String,
    /// Repeats every random choice.
    pub seed: u64,
    /// Whether defects were injected.
    pub proofs: bool,
    /// What was found out, in the catalogue's order.
    pub entries: Vec<Entry>,
    /// How long it took in all.
    pub took: Duration,
}

impl Report {
    /// The counts.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.entries)
    }
}
