//! What a fidelity run found out, for people and for programs.

mod json;
mod terminal;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;

pub use self::json::render as json;
pub use self::terminal::render as terminal;
use super::accepted::Entry;
use super::battery::{Finding, Outcome};
use super::reliance::{Reliance, Trust};

/// Everything that such a report tells.
#[derive(Debug, Clone)]
pub struct Report {
    /// The left side: what it was chosen as, and what it is.
    pub left: Told,
    /// The right side.
    pub right: Told,
    /// What the battery found, in its order.
    pub findings: Vec<Finding>,
    /// Accepted differences that did not show.
    pub stale: Vec<Entry>,
    /// What the lab itself relies on, then each scenario, in the catalogue's order.
    pub reliances: Vec<Reliance>,
    /// When it began.
    pub began: DateTime<Utc>,
    /// How long it took.
    pub took: Duration,
}

/// What a report tells of a side.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Its word on the command line.
    pub name: String,
    /// What it is, with version and digest.
    pub description: String,
}

/// The counts that end a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Operations that ran.
    pub operations: usize,
    /// Those that are the same on both sides.
    pub agree: usize,
    /// Those that differ in accepted ways.
    pub accepted: usize,
    /// Those that differ.
    pub differ: usize,
    /// Those that came to no result.
    pub indeterminate: usize,
    /// Accepted differences that did not show.
    pub stale: usize,
    /// Scenarios whose results can be trusted on the right side.
    pub scenarios_trusted: usize,
    /// Scenarios whose results can, when something is minded.
    pub scenarios_minding: usize,
    /// Scenarios that rely on operations that differ.
    pub scenarios_differing: usize,
    /// Scenarios that rely on what the battery lacks, or came to no result on.
    pub scenarios_untested: usize,
    /// Scenarios whose calls are not known.
    pub scenarios_unknown: usize,
}

impl Report {
    /// The counts.
    pub fn summary(&self) -> Summary {
        let outcomes =
            |is_so: fn(&Outcome) -> bool| self.findings.iter().filter(|finding| is_so(&finding.outcome)).count();
        let mut summary = Summary {
            operations: self.findings.len(),
            agree: outcomes(|outcome| matches!(outcome, Outcome::Agree)),
            accepted: outcomes(|outcome| matches!(outcome, Outcome::Accepted(_))),
            differ: outcomes(|outcome| matches!(outcome, Outcome::Differ(_))),
            indeterminate: outcomes(|outcome| outcome.reason().is_some()),
            stale: self.stale.len(),
            ..Summary::default()
        };
        for reliance in &self.reliances {
            *match reliance.trust(&self.findings) {
                Trust::Trusted => &mut summary.scenarios_trusted,
                Trust::Minding(_) => &mut summary.scenarios_minding,
                Trust::Differs(_) => &mut summary.scenarios_differing,
                Trust::Untested(_) => &mut summary.scenarios_untested,
                Trust::Unknown(_) => &mut summary.scenarios_unknown,
            } += 1;
        }
        summary
    }

    /// How a process that found this out should end.
    pub fn exit_code(&self) -> u8 {
        let summary = self.summary();
        let unanswered = self.findings.iter().any(|finding| matches!(finding.outcome, Outcome::Unanswered(_)));
        match summary {
            Summary { differ, stale, .. } if differ + stale > 0 => 1,
            _ if unanswered => 3,
            Summary { indeterminate, .. } if indeterminate > 0 => 4,
            Summary { operations: 0, .. } => 3,
            _ => 0,
        }
    }

    /// The result in one sentence.
    fn meaning(&self) -> String {
        let Summary { agree, accepted, differ, stale, .. } = self.summary();
        match self.exit_code() {
            0 if accepted == 0 => format!("All {agree} operations are the same on both sides."),
            0 => {
                format!("{agree} operations are the same on both sides; the other {accepted} differ in accepted ways.")
            }
            1 if differ > 0 => format!(
                "{differ} operations differ in ways that nobody has accepted: mend one side, or add what differs to \
                 fixtures/fidelity/accepted.toml with its reason."
            ),
            1 => format!(
                "{stale} accepted differences are none any more: take them out of fixtures/fidelity/accepted.toml."
            ),
            3 => "A side stopped answering: see that it still runs, and run this again.".into(),
            _ => "The battery did not come to a result: see above.".into(),
        }
    }
}
