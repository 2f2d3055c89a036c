//! The matrix: which scenarios catch which defect, whether they claim to or not.

use std::sync::Arc;

use crate::dynamodb::Tier;
use crate::outcome::{Catch, Outcome};
use crate::run::{prove, run};
use crate::scenario::Scenario;
use crate::side_by_side::side_by_side;
use crate::targets::Target;

/// What a matrix is made of.
pub struct Plan {
    /// Its columns, in the catalogue's order.
    pub scenarios: Vec<&'static Scenario>,
    /// Its rows: defects, by name.
    pub defects: Vec<&'static str>,
    /// The healthy server.
    pub target: Arc<dyn Target>,
    /// What its tables live on.
    pub tier: Arc<Tier>,
    /// Repeats every random choice.
    pub seed: u64,
    /// How many scenarios run side by side.
    pub jobs: usize,
}

/// A defect held against every scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub defect: &'static str,
    /// The mistake in words, when the target has them.
    pub about: Option<String>,
    /// The selected scenarios that say that they catch it.
    pub claimed_by: Vec<&'static str>,
    /// The scenarios that fail on a server that has it.
    pub caught_by: Vec<&'static str>,
    /// The scenarios that came to no result on it, and why.
    pub unclear: Vec<(&'static str, String)>,
}

/// Every defect held against every scenario that passes on the healthy server.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The scenarios that passed.
    pub scenarios: Vec<&'static Scenario>,
    /// Those that did not, and so can show nothing about a defect.
    pub left_out: Vec<(&'static Scenario, Outcome)>,
    /// A row a defect.
    pub rows: Vec<Row>,
}

impl Plan {
    /// How many runs it takes, when every scenario passes on the healthy server.
    pub fn runs(&self) -> usize {
        (self.defects.len() + 1) * self.scenarios.len()
    }

    /// Runs everything; `done` hears of each run as it ends.
    pub fn run(&self, done: impl Fn() + Sync) -> Matrix {
        let Self { target, tier, seed, jobs, .. } = self;
        let controls = side_by_side(self.scenarios.len(), *jobs, |turn| {
            let outcome = run(self.scenarios[turn], target, tier, *seed).outcome;
            done();
            (self.scenarios[turn], outcome)
        });
        let (passed, left_out): (Vec<_>, Vec<_>) =
            controls.into_iter().partition(|(_, outcome)| *outcome == Outcome::Passed);
        let scenarios: Vec<_> = passed.into_iter().map(|(scenario, _)| scenario).collect();
        let width = scenarios.len();
        let mut catches = side_by_side(width * self.defects.len(), *jobs, |turn| {
            let catch = prove(scenarios[turn % width], self.defects[turn / width], target, tier, *seed).catch;
            done();
            catch
        })
        .into_iter();
        let rows =
            self.defects.iter().map(|defect| self.row(defect, &scenarios, catches.by_ref().take(width))).collect();
        Matrix { scenarios, left_out, rows }
    }

    fn row(&self, defect: &'static str, scenarios: &[&'static Scenario], catches: impl Iterator<Item = Catch>) -> Row {
        let (mut caught_by, mut unclear) = (Vec::new(), Vec::new());
        for (scenario, catch) in scenarios.iter().zip(catches) {
            match catch {
                Catch::Caught(_) => caught_by.push(scenario.id),
                Catch::Missed => {}
                Catch::Broken(cause) | Catch::NotRun(cause) => unclear.push((scenario.id, cause)),
            }
        }
        let claim = |scenario: &&&'static Scenario| scenario.catches.contains(&defect);
        let claimed_by = self.scenarios.iter().filter(claim).map(|scenario| scenario.id).collect();
        Row { defect, about: self.target.defect_in_words(defect), claimed_by, caught_by, unclear }
    }
}

impl Row {
    /// Whether only those catch it who say so.
    pub fn is_left_to_its_claimants(&self) -> bool {
        !self.caught_by.is_empty() && self.caught_by.iter().all(|id| self.claimed_by.contains(id))
    }
}

impl Matrix {
    /// Claims that do not hold: a defect, and the scenario that passes on a server that has it.
    pub fn missed_claims(&self) -> Vec<(&'static str, &'static str)> {
        self.claims(|row, id| !row.caught_by.contains(&id) && !row.unclear.iter().any(|(unclear, _)| *unclear == id))
    }

    /// Claims of which nothing is known, because the scenario came to no result.
    pub fn unclear_claims(&self) -> Vec<(&'static str, &'static str)> {
        self.claims(|row, id| row.unclear.iter().any(|(unclear, _)| *unclear == id))
    }

    /// How many claims were put to the test.
    pub fn claims_tested(&self) -> usize {
        self.claims(|_, _| true).len()
    }

    /// Defects that no scenario catches.
    pub fn caught_by_nobody(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|row| row.caught_by.is_empty()).map(|row| row.defect).collect()
    }

    /// Defects that nobody catches but the scenarios that claim them.
    pub fn left_to_their_claimants(&self) -> Vec<&'static str> {
        self.rows.iter().filter(|row| row.is_left_to_its_claimants()).map(|row| row.defect).collect()
    }

    /// Scenarios that catch some defect, but none beyond those that they claim.
    pub fn catch_only_their_own(&self) -> Vec<&'static str> {
        self.scenarios_that(|scenario, caught| {
            !caught.is_empty() && caught.iter().all(|defect| scenario.catches.contains(defect))
        })
    }

    /// Scenarios that catch none of these defects.
    pub fn catch_nothing(&self) -> Vec<&'static str> {
        self.scenarios_that(|_, caught| caught.is_empty())
    }

    /// How a process that found this out should end.
    pub fn exit_code(&self) -> u8 {
        let failed = |(_, outcome): &(&Scenario, Outcome)| matches!(outcome, Outcome::Failed(_));
        let broken = |(_, outcome): &(&Scenario, Outcome)| {
            matches!(outcome, Outcome::SetUpFailed(_) | Outcome::HarnessBroken(_))
        };
        if !self.missed_claims().is_empty() || self.left_out.iter().any(failed) {
            1
        } else if !self.unclear_claims().is_empty() || self.left_out.iter().any(broken) {
            4
        } else if self.scenarios.is_empty() {
            3
        } else {
            0
        }
    }

    /// The claims of scenarios that passed on the healthy server.
    fn claims(&self, which: impl Fn(&Row, &'static str) -> bool) -> Vec<(&'static str, &'static str)> {
        let passed = |id: &&'static str| self.scenarios.iter().any(|scenario| scenario.id == *id);
        let of_row = |row: &Row| {
            let claims = row.claimed_by.iter().copied().filter(|id| passed(id) && which(row, id));
            claims.map(|id| (row.defect, id)).collect::<Vec<_>>()
        };
        self.rows.iter().flat_map(of_row).collect()
    }

    fn scenarios_that(&self, are: impl Fn(&Scenario, &[&str]) -> bool) -> Vec<&'static str> {
        let caught = |id| {
            let rows = self.rows.iter().filter(|row: &&Row| row.caught_by.contains(&id));
            rows.map(|row| row.defect).collect::<Vec<_>>()
        };
        self.scenarios
            .iter()
            .filter(|scenario| are(scenario, &caught(scenario.id)))
            .map(|scenario| scenario.id)
            .collect()
    }
}
