//! Running the battery: each operation on both sides, and what came of it.

use futures_util::future::join;
use serde_json::Value;

use super::accepted::{Accepted, Entry};
use super::answer::Answer;
use super::compare::{Difference, differences};
use super::features::{Features, features};
use super::normal::normal;
use super::operation::{Manner, Operation, Purpose, Step};
use super::side::Side;
use super::wire::Wire;
use crate::faults::{ErrorAnswer, FaultProxy, everything};
use crate::observe::journal::Journal;

/// How many pages an operation reads at most: one that never ends is a difference, too.
const PAGES: usize = 20;

/// The operations, the two sides, and what is known of their differences.
pub struct Battery<'a> {
    /// The operations, in the order of the report.
    pub operations: &'a [Operation],
    /// One side.
    pub left: &'a Side,
    /// The other.
    pub right: &'a Side,
    /// What somebody has looked at before.
    pub accepted: &'a Accepted,
}

/// One operation with what came of it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The operation.
    pub operation: Operation,
    /// What came of it.
    pub outcome: Outcome,
    /// Its calls, with both answers, as they passed the wire.
    pub calls: Vec<Compared>,
}

/// What came of an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Both sides do the same.
    Agree,
    /// They differ, in ways that are all known.
    Accepted(Vec<Entry>),
    /// They differ, and in what, the known differences left out.
    Differ(Vec<Difference>),
    /// Nothing is known, because a side did not answer.
    Unanswered(String),
    /// Nothing is known, because its starting point could not be had.
    Unfounded(String),
}

impl Outcome {
    /// Its word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Accepted(_) => "accepted",
            Self::Differ(_) => "differ",
            Self::Unanswered(_) | Self::Unfounded(_) => "indeterminate",
        }
    }

    /// Why nothing is known, when nothing is.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Unanswered(reason) | Self::Unfounded(reason) => Some(reason),
            Self::Agree | Self::Accepted(_) | Self::Differ(_) => None,
        }
    }
}

/// One call with its two answers.
#[derive(Debug, Clone)]
pub struct Compared {
    /// `2. Query`, of pages `2. Query, page 3`.
    pub label: String,
    /// What it is there for.
    pub purpose: Purpose,
    /// In DynamoDB's own words.
    pub operation: &'static str,
    /// What it makes use of, on the left side.
    pub features: Features,
    /// What the left side answered.
    pub left: Answer,
    /// What the right side answered.
    pub right: Answer,
}

impl Battery<'_> {
    /// Runs everything, one operation after the other; `done` hears of each.
    pub async fn run(&self, done: impl Fn(&Finding)) -> Vec<Finding> {
        let mut findings = Vec::with_capacity(self.operations.len());
        for operation in self.operations {
            let finding = self.find_out(operation).await;
            done(&finding);
            findings.push(finding);
        }
        findings
    }

    async fn find_out(&self, operation: &Operation) -> Finding {
        let mut calls = Vec::new();
        let outcome = match self.ask(operation, &mut calls).await {
            Ok(()) => self.judge(operation, &calls),
            Err(silence) => Outcome::Unanswered(silence),
        };
        Finding { operation: *operation, outcome, calls }
    }

    /// Asks both sides the same, as long as both answer and no starting point is refused.
    async fn ask(&self, operation: &Operation, calls: &mut Vec<Compared>) -> Result<(), String> {
        let (left, right) = join(Asking::begin(self.left, operation), Asking::begin(self.right, operation)).await;
        let (left, right) = (left?, right?);
        let asked = async {
            for (turn, step) in (operation.steps)().into_iter().enumerate() {
                let label = format!("{}. {}", turn + 1, step.call.operation);
                let refused = ask_both(&left, &right, &step, &label, calls).await?;
                if step.purpose == Purpose::Given && refused {
                    break;
                }
            }
            Ok(())
        };
        let asked = asked.await;
        let ended = join(left.end(), right.end()).await;
        asked.and(ended.0).and(ended.1)
    }

    fn judge(&self, operation: &Operation, calls: &[Compared]) -> Outcome {
        let found: Vec<Difference> = calls.iter().flat_map(|call| self.compare(operation, call)).collect();
        let refused = |call: &&Compared| call.purpose == Purpose::Given && !call.left.is_success();
        if found.is_empty() {
            return match calls.iter().find(refused) {
                None => Outcome::Agree,
                Some(call) => Outcome::Unfounded(format!(
                    "both sides refuse its starting point: {} is answered with {} {}",
                    call.label, call.left.status, call.left.body
                )),
            };
        }
        let known = |difference: &Difference| {
            let mut entries = self.accepted.between(self.left.name(), self.right.name());
            entries.find(|entry| self.covers(entry, operation, difference))
        };
        let new: Vec<Difference> = found.iter().filter(|found| known(found).is_none()).cloned().collect();
        match new.is_empty() {
            true => Outcome::Accepted(found.iter().filter_map(known).cloned().collect()),
            false => Outcome::Differ(new),
        }
    }

    fn compare(&self, operation: &Operation, call: &Compared) -> Vec<Difference> {
        let left = normal(&call.left, operation, call.operation, self.left.run());
        let right = normal(&call.right, operation, call.operation, self.right.run());
        differences(&call.label, &left, &right)
    }

    fn covers(&self, entry: &Entry, operation: &Operation, difference: &Difference) -> bool {
        entry.covers(operation.name, difference, self.left.name(), self.right.name())
    }

    /// The accepted differences that did not show, though their operations came to a result: the file is no longer
    /// true.
    pub fn stale(&self, findings: &[Finding]) -> Vec<Entry> {
        let shows = |entry: &Entry, finding: &Finding| {
            let mut found = finding.calls.iter().flat_map(|call| self.compare(&finding.operation, call));
            found.any(|difference| self.covers(entry, &finding.operation, &difference))
        };
        let is_true = |entry: &Entry| {
            findings
                .iter()
                .filter(|finding| finding.operation.name == entry.operation)
                .any(|finding| finding.outcome.reason().is_some() || shows(entry, finding))
        };
        let entries = self.accepted.between(self.left.name(), self.right.name());
        entries.filter(|entry| !is_true(entry)).cloned().collect()
    }
}

/// Sends a step to both sides, its pages included; says whether either side refused.
async fn ask_both(
    left: &Asking<'_>,
    right: &Asking<'_>,
    step: &Step,
    label: &str,
    calls: &mut Vec<Compared>,
) -> Result<bool, String> {
    let operation = step.call.operation;
    let mut bodies = (left.body(&step.call.body), right.body(&step.call.body));
    for page in 1..=PAGES {
        let at_left = async {
            match step.forged {
                Some(fault) => forged(fault(), operation, bodies.0.clone()).await,
                None => left.side.call(operation, bodies.0.clone()).await,
            }
        };
        let (at_left, at_right) = join(at_left, right.side.call(operation, bodies.1.clone())).await;
        let (at_left, at_right) = (at_left?, at_right?);
        let refused = !at_left.is_success() || !at_right.is_success();
        let next = next_page(&bodies.0, &at_left).zip(next_page(&bodies.1, &at_right));
        let label = if step.purpose == Purpose::Paged { format!("{label}, page {page}") } else { label.to_owned() };
        let features = features(operation, &read(&bodies.0), Some(&at_left));
        calls.push(Compared { label, purpose: step.purpose, operation, features, left: at_left, right: at_right });
        match (step.purpose, next) {
            (Purpose::Paged, Some(next)) => bodies = next,
            _ => return Ok(refused),
        }
    }
    Ok(false)
}

/// What the fault proxy answers in a tier's place.
async fn forged(fault: ErrorAnswer, operation: &str, body: String) -> Result<Answer, String> {
    let answered = async {
        // The fault answers by itself, so that nothing ever goes upstream.
        let proxy = FaultProxy::start("http://127.0.0.1", Journal::default(), 0).await?;
        proxy.inject(everything(), fault);
        let answer = Wire::to(proxy.url())?.call(operation, body).await;
        proxy.stop().await;
        answer
    };
    answered.await.map_err(|cause: anyhow::Error| format!("the fault proxy did not answer {operation}: {cause:#}"))
}

/// A body as JSON; a string when it is none on purpose.
fn read(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|_| body.into())
}

/// The same call for the page behind an answer; nothing when that was the last.
fn next_page(body: &str, answer: &Answer) -> Option<String> {
    let start = answer.last_evaluated_key()?;
    let mut body = read(body);
    body.as_object_mut()?.insert("ExclusiveStartKey".into(), start.clone());
    Some(body.to_string())
}

/// One operation on one side, with the table that it is about.
struct Asking<'a> {
    side: &'a Side,
    partition: String,
    table: String,
    own: bool,
}

impl<'a> Asking<'a> {
    async fn begin(side: &'a Side, operation: &Operation) -> Result<Self, String> {
        let (table, own) = (side.table_of(operation), operation.is(Manner::AwsTable));
        if own {
            side.create(&table).await?;
        }
        Ok(Self { side, partition: operation.partition(), table, own })
    }

    fn body(&self, body: &str) -> String {
        body.replace("<table>", &self.table).replace("<pk>", &self.partition)
    }

    async fn end(&self) -> Result<(), String> {
        match self.own {
            true => self.side.delete(&self.table).await,
            false => Ok(()),
        }
    }
}
