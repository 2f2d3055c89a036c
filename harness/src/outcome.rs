//! What came of a scenario and of its proofs.

use std::time::Duration;

use crate::observe::journal::Exchange;
use crate::scenario::Scenario;
use crate::verdict::Failure;

/// What came of one run of a scenario. There is no `flaky`, because nothing is ever tried twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that it shows was seen.
    Passed,
    /// Something was not. Only this blames the server.
    Failed(Failure),
    /// Its preconditions could not be met, so nothing is known.
    SetUpFailed(String),
    /// The harness did not work.
    HarnessBroken(String),
    /// The target lacks this, which it needs.
    NotRun(Vec<String>),
}

impl Outcome {
    /// Its word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed(_) => "failed",
            Self::SetUpFailed(_) => "set-up failed",
            Self::HarnessBroken(_) => "harness broken",
            Self::NotRun(_) => "not run",
        }
    }

    /// Why nothing is known, of an outcome that leaves it so.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Passed | Self::Failed(_) => None,
            Self::SetUpFailed(cause) | Self::HarnessBroken(cause) => Some(cause.clone()),
            Self::NotRun(lacking) => Some(format!("the target lacks {}", lacking.join(", "))),
        }
    }
}

/// One run of a scenario.
#[derive(Debug, Clone)]
pub struct Run {
    /// What came of it.
    pub outcome: Outcome,
    /// What is wrong besides, of one that failed: what its servers have left behind.
    pub besides: Option<Failure>,
    /// How long it took, with its world's building and taking down.
    pub took: Duration,
    /// Every call on every wire.
    pub journal: Vec<Exchange>,
}

/// Whether a scenario caught a defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Catch {
    /// It failed, through an expectation of its own.
    Caught(Failure),
    /// It passed all the same.
    Missed,
    /// It ended in another way, which proves nothing.
    Broken(String),
    /// The target cannot have the defect, for this reason.
    NotRun(String),
}

/// One scenario held against one defect.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The defect's name.
    pub defect: &'static str,
    /// The mistake in words, when the target has them.
    pub about: Option<String>,
    /// What came of it.
    pub catch: Catch,
    /// How long it took.
    pub took: Duration,
}

/// A scenario with all that was found out about it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The scenario.
    pub scenario: &'static Scenario,
    /// Its run on the healthy server: the control.
    pub run: Run,
    /// Its proofs; none were run unless the control passed.
    pub proofs: Vec<Proof>,
}

/// The counts that end a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Scenarios that ran and passed.
    pub passed: usize,
    /// Scenarios that failed.
    pub failed: usize,
    /// Scenarios whose set-up failed.
    pub set_up_failed: usize,
    /// Scenarios on which the harness broke.
    pub harness_broken: usize,
    /// Scenarios that the target cannot run.
    pub not_run: usize,
    /// Defects that were caught.
    pub proofs_caught: usize,
    /// Defects that slipped through.
    pub proofs_missed: usize,
    /// Proofs that ended otherwise.
    pub proofs_broken: usize,
    /// Proofs of defects that the target cannot have.
    pub proofs_not_run: usize,
}

impl Summary {
    /// Counts.
    pub fn of(entries: &[Entry]) -> Self {
        let mut summary = Self::default();
        for entry in entries {
            *match &entry.run.outcome {
                Outcome::Passed => &mut summary.passed,
                Outcome::Failed(_) => &mut summary.failed,
                Outcome::SetUpFailed(_) => &mut summary.set_up_failed,
                Outcome::HarnessBroken(_) => &mut summary.harness_broken,
                Outcome::NotRun(_) => &mut summary.not_run,
            } += 1;
            for proof in &entry.proofs {
                *match proof.catch {
                    Catch::Caught(_) => &mut summary.proofs_caught,
                    Catch::Missed => &mut summary.proofs_missed,
                    Catch::Broken(_) => &mut summary.proofs_broken,
                    Catch::NotRun(_) => &mut summary.proofs_not_run,
                } += 1;
            }
        }
        summary
    }

    /// How a process that found this out should end.
    pub fn exit_code(&self) -> u8 {
        if self.failed + self.proofs_missed > 0 {
            return 1;
        }
        match self.set_up_failed + self.harness_broken + self.proofs_broken {
            // A run in which nothing ran has shown nothing, however well it went.
            0 if self.passed == 0 => 3,
            0 => 0,
            _ => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn exit_codes_tell_a_bad_server_from_a_broken_harness() {
        let none = Summary::default;
        let table = [
            (none(), 3),
            (Summary { not_run: 2, ..none() }, 3),
            (Summary { passed: 2, proofs_caught: 3, ..none() }, 0),
            (Summary { passed: 1, not_run: 1, ..none() }, 0),
            (Summary { passed: 1, failed: 1, ..none() }, 1),
            (Summary { passed: 1, proofs_missed: 1, ..none() }, 1),
            (Summary { passed: 1, set_up_failed: 1, ..none() }, 4),
            (Summary { passed: 1, harness_broken: 1, ..none() }, 4),
            (Summary { passed: 1, proofs_broken: 1, ..none() }, 4),
            (Summary { failed: 1, harness_broken: 1, ..none() }, 1),
        ];
        for (summary, code) in table {
            assert_eq!(summary.exit_code(), code, "{summary:?}");
        }
    }
}
