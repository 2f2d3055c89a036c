//! Reports: what a run found out, for people and for programs.

mod countdown;
pub mod html;
pub mod json;
pub mod junit;
pub mod matrix;
pub mod progress;
pub mod terminal;

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::dynamodb::TierFacts;
use crate::observe::journal::Exchange;
use crate::outcome::{Entry, Summary};
use crate::scenario::{Citation, Scenario};

pub use countdown::Countdown;

/// How many of the last calls a failure shows.
const CALLS: usize = 24;

/// The calls that a failure shows.
fn last_calls(journal: &[Exchange]) -> &[Exchange] {
    &journal[journal.len().saturating_sub(CALLS)..]
}

/// Everything that a report tells.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the server's table lived on.
    pub tier: TierFacts,
    /// What was tested.
    pub target: String,
    /// The command that tests it: `cargo run -- verify`, with what names the target.
    pub command: String,
    /// Repeats every random choice.
    pub seed: u64,
    /// Whether defects were injected.
    pub proofs: bool,
    /// Why they could not be, whatever was asked for.
    pub unprovable: Option<String>,
    /// Finds a sentence of the specification by its document and anchor.
    pub specification: fn(&str) -> Option<Citation>,
    /// What was found out, in the catalogue's order.
    pub entries: Vec<Entry>,
    /// When it began.
    pub began: DateTime<Utc>,
    /// How long it took in all.
    pub took: Duration,
}

impl Report {
    /// The counts.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.entries)
    }

    /// The sentences of the specification that a scenario cites.
    fn cited(&self, scenario: &Scenario) -> impl Iterator<Item = Citation> {
        scenario.from.iter().filter_map(|anchor| (self.specification)(anchor))
    }

    /// Why nothing was proved, in a word or a sentence.
    fn why_no_proofs(&self) -> &str {
        self.unprovable.as_deref().unwrap_or("--no-proofs")
    }

    /// The command that runs one scenario again.
    pub fn again(&self, id: &str) -> String {
        format!("{} --only {id} --seed {}", self.command, self.seed)
    }
}
