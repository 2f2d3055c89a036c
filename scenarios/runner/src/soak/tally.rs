//! What happened, counted: who came, what they were answered, and what met the calls on the wires.

use std::collections::BTreeMap;

use harness::observe::journal::Exchange;

use super::clients::{Answers, Client};

/// What happened so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many spells there were.
    pub spells: u64,
    /// Clients, by what they did.
    pub clients: BTreeMap<&'static str, u64>,
    /// Answers, by status; what had none is under 0.
    pub answers: BTreeMap<u16, u64>,
    /// Calls, by whom they went to.
    pub calls: BTreeMap<String, u64>,
    /// Troubles, by whose and what they were: one for each call that met it.
    pub troubles: BTreeMap<(String, String), u64>,
}

impl Tally {
    /// How many requests were sent.
    pub fn requests(&self) -> u64 {
        self.answers.values().sum()
    }

    /// How many troubles there were.
    pub fn troubled(&self) -> u64 {
        self.troubles.values().sum()
    }

    pub(super) fn client(&mut self, client: Client, answers: &Answers) {
        *self.clients.entry(client.word()).or_default() += 1;
        for status in answers {
            *self.answers.entry(*status).or_default() += 1;
        }
    }

    pub(super) fn trouble(&mut self, of: &str, what: &str) {
        *self.troubles.entry((of.to_owned(), what.to_owned())).or_default() += 1;
    }

    pub(super) fn exchange(&mut self, exchange: &Exchange) {
        let to = exchange.to.to_string();
        if let Some(fault) = &exchange.fault {
            self.trouble(&to, kind(fault));
        }
        *self.calls.entry(to).or_default() += 1;
    }
}

/// What a trouble was, without what differs each time: where to, and how much of what.
fn kind(fault: &str) -> &str {
    match fault.split_once(" to http") {
        Some((redirects, _)) => redirects,
        None if fault.ends_with(" written") => "part of a batch written",
        None => fault,
    }
}
