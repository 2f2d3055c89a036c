//! Reports about a matrix.

mod html;
mod json;
mod terminal;

use std::time::Duration;

use chrono::{DateTime, Utc};

pub use self::html::render as html;
pub use self::json::render as json;
pub use self::terminal::render as terminal;
use crate::dynamodb::TierFacts;
use crate::matrix::Matrix;
use crate::outcome::Outcome;

/// Everything that such a report tells.
#[derive(Debug, Clone)]
pub struct MatrixReport {
    /// What the server's table lived on.
    pub tier: TierFacts,
    /// What was tested.
    pub target: String,
    /// Repeats every random choice.
    pub seed: u64,
    /// What was found out.
    pub matrix: Matrix,
    /// When it began.
    pub began: DateTime<Utc>,
    /// How long it took in all.
    pub took: Duration,
}

impl MatrixReport {
    /// What is worth a look, in words, each with the names that it is about; nothing when there are none.
    fn findings(&self) -> [(&'static str, Vec<String>); 7] {
        let matrix = &self.matrix;
        let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let claims =
            |claims: Vec<(&str, &str)>| claims.into_iter().map(|(defect, id)| format!("{defect} ({id})")).collect();
        let left_out = matrix
            .left_out
            .iter()
            .map(|(scenario, outcome)| format!("{} {}: {}", scenario.id, outcome.word(), why(outcome)));
        [
            ("left out: they do not pass on the healthy server", left_out.collect()),
            ("claims that do not hold", claims(matrix.missed_claims())),
            ("inconclusive claims", claims(matrix.unclear_claims())),
            ("defects that no scenario catches", names(matrix.caught_by_nobody())),
            ("defects that only the scenarios claiming them catch", names(matrix.left_to_their_claimants())),
            ("scenarios that catch only what they claim", names(matrix.catch_only_their_own())),
            ("scenarios that catch none of these defects", names(matrix.catch_nothing())),
        ]
    }

    /// The result in one sentence.
    fn meaning(&self) -> String {
        let (tested, missed) = (self.matrix.claims_tested(), self.matrix.missed_claims().len());
        match self.matrix.exit_code() {
            0 => format!("Each of {tested} claims holds: the scenario fails on a server that has the defect."),
            1 if missed > 0 => format!("{missed} of {tested} claims do not hold."),
            1 => "A scenario fails on the healthy server, so what it says of defects means nothing.".into(),
            3 => "Nothing ran, so the result is inconclusive: the target lacks what every selected scenario needs."
                .into(),
            _ => "The result is inconclusive. Nothing here blames the server.".into(),
        }
    }
}

/// Why a scenario did not pass on the healthy server.
fn why(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Failed(failure) => failure.to_string(),
        other => other.reason().unwrap_or_default(),
    }
}
