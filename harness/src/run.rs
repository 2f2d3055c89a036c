//! Running: one scenario in one world on one thread of its own, its proofs, and a whole selection side by side.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use futures_util::FutureExt;
use tokio::runtime::Handle;
use tokio::time::sleep;

use crate::dynamodb::Tier;
use crate::lab::Lab;
use crate::observe::journal::Exchange;
use crate::outcome::{Catch, Entry, Outcome, Proof, Run};
use crate::scenario::Scenario;
use crate::side_by_side::side_by_side;
use crate::targets::Target;
use crate::time::{Time, within};
use crate::verdict::{Failure, Stop, Verdict};

/// How long a scenario may take in all. Every wait in it is bounded by less.
const LONGEST: Duration = Duration::from_secs(120);
/// How long what was told to stop may take to be gone.
const LEAVING: Duration = Duration::from_secs(5);
/// How long it may take to remove what a lab has left in a table that is not its own.
const CLEARING: Duration = Duration::from_secs(60);

/// What is looked at when a scenario's body has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// What the servers left behind: a healthy server is held to S1-S5 whatever the scenario was about.
    Remains,
    /// Nothing: a defect must be caught by the scenario's own expectations.
    Nothing,
}

/// A scenario, and what it is held against.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    scenario: &'static Scenario,
    target: &'a Arc<dyn Target>,
    tier: &'a Tier,
    seed: u64,
}

impl<'a> Trial<'a> {
    /// A scenario against a target on a tier; `seed` repeats every random choice.
    pub fn of(scenario: &'static Scenario, target: &'a Arc<dyn Target>, tier: &'a Tier, seed: u64) -> Self {
        Self { scenario, target, tier, seed }
    }

    /// Runs it. The target is taken for healthy.
    pub fn run(&self) -> Run {
        self.run_and_look(After::Remains)
    }

    /// Holds the scenario against one of its defects.
    pub fn prove(&self, defect: &'static str) -> Proof {
        let started = Instant::now();
        let catch = match self.target.with_defect(defect) {
            None => match self.target.spared(defect) {
                Some(reason) => Catch::NotRun(reason),
                None => Catch::Broken(format!("{} knows no defect of this name", self.target.name())),
            },
            Some(defective) => match (Trial { target: &defective, ..*self }).run_and_look(After::Nothing).outcome {
                Outcome::Failed(failure) => Catch::Caught(failure),
                Outcome::Passed => Catch::Missed,
                Outcome::SetUpFailed(cause) | Outcome::HarnessBroken(cause) => Catch::Broken(cause),
                Outcome::NotRun(lacking) => Catch::Broken(format!("the defective target lacks {}", lacking.join(", "))),
            },
        };
        Proof { defect, about: self.target.defect_in_words(defect), catch, took: started.elapsed() }
    }

    /// Runs it and, if it passed and proofs are wanted, proves it: a defect that is caught by a scenario that fails
    /// anyway is no proof.
    pub fn run_and_prove(&self, proofs: bool) -> Entry {
        let run = self.run();
        let provable = proofs && run.outcome == Outcome::Passed;
        let defects = if provable { self.scenario.catches } else { &[] };
        let proofs = defects.iter().map(|defect| self.prove(defect)).collect();
        Entry { scenario: self.scenario, run, proofs }
    }

    fn run_and_look(&self, after: After) -> Run {
        let lacking = self.scenario.needs.iter().filter(|need| !self.target.can().contains(need));
        let lacking: Vec<String> = lacking.map(ToString::to_string).collect();
        if !lacking.is_empty() {
            return Run { outcome: Outcome::NotRun(lacking), besides: None, took: Duration::ZERO, journal: Vec::new() };
        }
        let started = Instant::now();
        let mut seen = Seen::default();
        let outcome = match self.in_a_world(after, &mut seen) {
            Ok(Ok(())) => Outcome::Passed,
            Ok(Err(Stop::Failed(failure))) => Outcome::Failed(failure),
            Ok(Err(Stop::SetUp(cause))) => Outcome::SetUpFailed(cause),
            Ok(Err(Stop::Broken(cause))) => Outcome::HarnessBroken(cause),
            Ok(Err(Stop::Unsupported(what))) => Outcome::NotRun(vec![what]),
            Err(cause) => Outcome::HarnessBroken(format!("{cause:#}")),
        };
        let Seen { journal, besides } = seen;
        Run { outcome, besides, took: started.elapsed(), journal }
    }

    /// The outer result is the harness's, the inner one the scenario's.
    fn in_a_world(&self, after: After, seen: &mut Seen) -> anyhow::Result<Verdict> {
        let in_process = self.target.is_in_process() && self.tier.is_in_process();
        let time = if in_process { Time::Virtual } else { Time::Real };
        time.runtime()?.block_on(async {
            let lab = Lab::open_in(time, Arc::clone(self.target), self.tier, self.seed).await;
            let mut lab = lab.context("building the lab")?;
            let body = AssertUnwindSafe(async {
                (self.scenario.run)(&mut lab).await?;
                match after {
                    After::Remains => lab.remains().await?.are_clean(),
                    After::Nothing => Ok(()),
                }
            });
            let ended = within(LONGEST, LONGEST, body.catch_unwind()).await;
            if let (Some(Ok(Err(Stop::Failed(failure)))), After::Remains) = (&ended, after) {
                seen.besides = left_behind(&lab).await.filter(|besides| besides != failure);
            }
            seen.journal = lab.journal.all();
            let not_known = lab.first_call_not_known();
            let closed = take_down(lab).await;
            let verdict = match ended {
                Some(Ok(Err(Stop::Failed(failure)))) => Err(blamed(failure, not_known)),
                Some(Ok(verdict)) => verdict,
                Some(Err(panic)) => Err(Stop::Broken(format!("the scenario panicked: {}", words_of(&*panic)))),
                None => Err(Stop::Broken(format!("the scenario did not end within {LONGEST:?}"))),
            };
            if verdict.is_ok() {
                closed?;
                nothing_left().await?;
            }
            Ok(verdict)
        })
    }
}

/// What was seen of a run beside its verdict.
#[derive(Default)]
struct Seen {
    journal: Vec<Exchange>,
    besides: Option<Failure>,
}

/// What is wrong with what the servers of a scenario that failed have left behind, if anything, and if it can be had.
async fn left_behind(lab: &Lab) -> Option<Failure> {
    let remains = within(LEAVING, LONGEST, lab.remains()).await?.ok()?;
    match remains.are_clean() {
        Err(Stop::Failed(failure)) => Some(failure),
        _ => None,
    }
}

/// Whom a failure blames: nobody, when a double had no answer to a call that a provider may well answer.
fn blamed(failure: Failure, not_known: Option<String>) -> Stop {
    match not_known {
        None => Stop::Failed(failure),
        Some(call) => {
            Stop::SetUp(format!("the double does not know this call: {call}. What the scenario saw then: {failure}"))
        }
    }
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
            let trial = Trial::of(self.scenarios[turn], &self.target, &self.tier, self.seed);
            let entry = trial.run_and_prove(self.proofs);
            done(&entry);
            entry
        })
    }
}

async fn take_down(lab: Lab) -> anyhow::Result<()> {
    let left = within(LEAVING, LONGEST, lab.leave()).await;
    let share = left.context("taking the lab down took too long")??;
    let cleared = within(CLEARING, LONGEST, share.end()).await;
    cleared.context("clearing the table took too long")?
}

/// A task that outlives its world would disturb, or hide in, the next one.
async fn nothing_left() -> anyhow::Result<()> {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let gone = async {
        while tasks() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    };
    let _ = within(LEAVING, LONGEST, gone).await;
    ensure!(tasks() == 0, "{} tasks are left behind by the lab", tasks());
    Ok(())
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a word".into())
}
