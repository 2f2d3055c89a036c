//! Running: one scenario in one world on one thread of its own, its proofs, and a whole selection side by side.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures_util::FutureExt;
use tokio::runtime::{Builder, Handle};

use crate::dynamodb::Tier;
use crate::lab::Lab;
use crate::outcome::{Catch, Entry, Outcome, Proof, Run};
use crate::scenario::Scenario;
use crate::side_by_side::side_by_side;
use crate::targets::Target;
use crate::verdict::{Stop, Verdict};

/// How long a scenario may take in all. Every wait in it is bounded by less.
const LONGEST: Duration = Duration::from_secs(120);
/// How long what was told to stop may take to be gone.
const LEAVING: Duration = Duration::from_secs(5);
/// How long it may take to remove what a lab has left in a table that is not its own.
const CLEARING: Duration = Duration::from_secs(60);

/// What is looked at when a scenario's body has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// What the servers left behind: a healthy server is held to S1-S5 whatever the scenario was about.
    Remains,
    /// Nothing: a defect must be caught by the scenario's own expectations.
    Nothing,
}

/// Runs one scenario against one target, which is taken for healthy, on a tier.
pub fn run(scenario: &Scenario, target: &Arc<dyn Target>, tier: &Tier, seed: u64) -> Run {
    run_and_look(scenario, target, tier, seed, After::Remains)
}

fn run_and_look(scenario: &Scenario, target: &Arc<dyn Target>, tier: &Tier, seed: u64, after: After) -> Run {
    let lacking = scenario.needs.iter().filter(|need| !target.can().contains(need));
    let lacking: Vec<String> = lacking.map(ToString::to_string).collect();
    if !lacking.is_empty() {
        return Run { outcome: Outcome::NotRun(lacking), took: Duration::ZERO, journal: Vec::new() };
    }
    let started = Instant::now();
    let mut journal = Vec::new();
    let ended = in_a_world(scenario, target, tier, seed, after, &mut journal);
    let outcome = match ended {
        Ok(Ok(())) => Outcome::Passed,
        Ok(Err(Stop::Failed(failure))) => Outcome::Failed(failure),
        Ok(Err(Stop::SetUp(cause))) => Outcome::SetUpFailed(cause),
        Ok(Err(Stop::Broken(cause))) => Outcome::HarnessBroken(cause),
        Ok(Err(Stop::Lacks(what))) => Outcome::NotRun(vec![what]),
        Err(cause) => Outcome::HarnessBroken(format!("{cause:#}")),
    };
    Run { outcome, took: started.elapsed(), journal }
}

/// Holds one scenario against one of its defects.
pub fn prove(scenario: &Scenario, defect: &'static str, target: &Arc<dyn Target>, tier: &Tier, seed: u64) -> Proof {
    let started = Instant::now();
    let catch = match target.with_defect(defect) {
        None => match target.spared(defect) {
            Some(reason) => Catch::NotRun(reason),
            None => Catch::Broken(format!("{} knows no defect of this name", target.name())),
        },
        Some(defective) => match run_and_look(scenario, &defective, tier, seed, After::Nothing).outcome {
            Outcome::Failed(failure) => Catch::Caught(failure),
            Outcome::Passed => Catch::Missed,
            Outcome::SetUpFailed(cause) | Outcome::HarnessBroken(cause) => Catch::Broken(cause),
            Outcome::NotRun(lacking) => Catch::Broken(format!("the defective target lacks {}", lacking.join(", "))),
        },
    };
    Proof { defect, about: target.defect_in_words(defect), catch, took: started.elapsed() }
}

/// Runs a scenario and, if it passed, its proofs: a defect that is caught by a scenario that fails anyway is no proof.
pub fn run_and_prove(
    scenario: &'static Scenario,
    target: &Arc<dyn Target>,
    tier: &Tier,
    seed: u64,
    proofs: bool,
) -> Entry {
    let run = run(scenario, target, tier, seed);
    let provable = proofs && run.outcome == Outcome::Passed;
    let defects = if provable { scenario.catches } else { &[] };
    let proofs = defects.iter().map(|defect| prove(scenario, defect, target, tier, seed)).collect();
    Entry { scenario, run, proofs }
}

/// What a selection is run with.
pub struct Plan {
    /// The scenarios, in the order of the report.
    pub scenarios: Vec<&'static Scenario>,
    /// The healthy server.
    pub target: Arc<dyn Target>,
    /// What its tables live on.
    pub tier: Arc<Tier>,
    /// Repeats every random choice.
    pub seed: u64,
    /// Whether defects are injected too.
    pub proofs: bool,
    /// How many scenarios run side by side.
    pub jobs: usize,
}

impl Plan {
    /// How many runs of scenarios it takes, proofs included.
    pub fn runs(&self) -> usize {
        let proofs = |scenario: &&Scenario| if self.proofs { scenario.catches.len() } else { 0 };
        self.scenarios.iter().map(|scenario| 1 + proofs(scenario)).sum()
    }

    /// Runs everything; `done` hears of each entry as it is finished.
    pub fn run(&self, done: impl Fn(&Entry) + Sync) -> Vec<Entry> {
        side_by_side(self.scenarios.len(), self.jobs, |turn| {
            let entry = run_and_prove(self.scenarios[turn], &self.target, &self.tier, self.seed, self.proofs);
            done(&entry);
            entry
        })
    }
}

/// The outer result is the harness's, the inner one the scenario's.
fn in_a_world(
    scenario: &Scenario,
    target: &Arc<dyn Target>,
    tier: &Tier,
    seed: u64,
    after: After,
    journal: &mut Vec<crate::observe::journal::Exchange>,
) -> anyhow::Result<Verdict> {
    // One thread: what happens first in a scenario does not depend on how busy the machine is.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut lab = Lab::open(Arc::clone(target), tier, seed).await.context("building the lab")?;
        let body = AssertUnwindSafe(async {
            (scenario.run)(&mut lab).await?;
            match after {
                After::Remains => lab.remains().await?.are_clean(),
                After::Nothing => Ok(()),
            }
        });
        let ended = tokio::time::timeout(LONGEST, body.catch_unwind()).await;
        *journal = lab.journal.all();
        let closed = take_down(lab).await;
        let verdict = match ended {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(panic)) => Err(Stop::Broken(format!("the scenario panicked: {}", words_of(&*panic)))),
            Err(_) => Err(Stop::Broken(format!("the scenario did not end within {LONGEST:?}"))),
        };
        if verdict.is_ok() {
            closed?;
            nothing_left().await?;
        }
        Ok(verdict)
    })
}

async fn take_down(lab: Lab) -> anyhow::Result<()> {
    let left = tokio::time::timeout(LEAVING, lab.leave()).await;
    let share = left.context("taking the lab down took too long")??;
    let cleared = tokio::time::timeout(CLEARING, share.end()).await;
    cleared.context("clearing the table took too long")?
}

/// A task that outlives its world would disturb, or hide in, the next one.
async fn nothing_left() -> anyhow::Result<()> {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let gone = async {
        while tasks() > 0 {
            tokio::task::yield_now().await;
        }
    };
    let _ = tokio::time::timeout(LEAVING, gone).await;
    ensure!(tasks() == 0, "{} tasks are left behind by the lab", tasks());
    Ok(())
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a word".into())
}
