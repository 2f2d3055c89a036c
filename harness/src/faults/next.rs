//! The rest of a call's way, as a fault sees it: the faults that come next, then DynamoDB.

use std::sync::{Arc, Mutex, PoisonError};

use super::rules::Rule;
use super::wire::Wire;
use super::{Call, Reply};

/// What is still to come for a call.
pub struct Next<'a> {
    journey: &'a Journey<'a>,
    rule: &'a Rule,
    rest: &'a [Arc<Rule>],
}

impl Next<'_> {
    /// Passes the call on to the next fault or to DynamoDB, and brings back what came of it.
    pub async fn forward(&self, call: Call) -> Reply {
        self.journey.go(self.rest, call).await
    }

    /// Notes in the journal what the fault does to this call, and counts that it did something.
    pub fn applied(&self, words: impl Into<String>) {
        self.journey.wire.rules.note_applied(self.rule);
        self.journey.note(words.into());
    }
}

/// One call's way through the faults that are for it, to DynamoDB.
pub(super) struct Journey<'a> {
    wire: &'a Wire,
    number: usize,
    notes: Mutex<Vec<String>>,
}

impl<'a> Journey<'a> {
    /// The way of the call that the journal knows by this number.
    pub(super) fn new(wire: &'a Wire, number: usize) -> Self {
        Self { wire, number, notes: Mutex::default() }
    }

    /// Goes through these faults, then to DynamoDB.
    pub(super) async fn go(&self, rules: &[Arc<Rule>], call: Call) -> Reply {
        if let Some((rule, rest)) = rules.split_first() {
            return rule.fault.meet(call, Next { journey: self, rule, rest }).await;
        }
        match self.wire.upstream.send(call).await {
            Ok(answer) => Reply::Answered(answer),
            Err(error) => {
                self.note(format!("not a fault: the tier failed: {error:#}"));
                Reply::Dropped
            }
        }
    }

    fn note(&self, words: String) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push(words);
        self.wire.journal.fault(self.number, notes.join(", "));
    }
}
