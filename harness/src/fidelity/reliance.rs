//! What the catalogue relies on: which operations of the battery its calls stand or fall with.
//!
//! Nothing is declared: a scenario's reliance is read from what passes its wire. A call relies on each operation that
//! asks for nothing beyond what the call makes use of; what no such operation covers, the battery lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::accepted::Entry;
use super::answer::{Answer, Checksum};
use super::battery::{Finding, Outcome};
use super::features::{Features, features};
use super::operation::Purpose;
use crate::observe::journal::{Exchange, Peer};

/// What a scenario relies on, or whatever else makes calls.
#[derive(Debug, Clone)]
pub struct Reliance {
    /// A scenario's ID.
    pub who: String,
    /// The operations that its calls rely on.
    pub operations: BTreeSet<&'static str>,
    /// What its calls make use of, and no operation covers.
    pub lacking: Features,
    /// How many of its calls a fault met: what came back was not the tier's own, or not only.
    pub faulted: usize,
    /// Why its calls are not known, or not all.
    pub unknown: Option<String>,
}

/// Whether a result on the left side can be trusted for the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// Everything that it relies on is the same on both sides.
    Trusted,
    /// It relies on operations that differ in accepted ways which are to be minded.
    Minding(Vec<&'static str>),
    /// It relies on operations that differ.
    Differs(Vec<&'static str>),
    /// It relies on what the battery lacks, or came to no result on.
    Untested(Vec<String>),
    /// Its calls are not known.
    Unknown(String),
}

impl Trust {
    /// Its word in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Minding(_) => "trusted, minding",
            Self::Differs(_) => "differs in",
            Self::Untested(_) => "untested",
            Self::Unknown(_) => "unknown",
        }
    }

    /// What it is about.
    pub fn details(&self) -> Vec<String> {
        match self {
            Self::Trusted => Vec::new(),
            Self::Minding(operations) | Self::Differs(operations) => {
                operations.iter().map(|name| (*name).to_owned()).collect()
            }
            Self::Untested(features) => features.clone(),
            Self::Unknown(reason) => vec![reason.clone()],
        }
    }
}

/// What the battery covers: the questions of each operation, in features.
pub struct Coverage<'a>(Vec<(&'static str, &'a Features)>);

impl<'a> Coverage<'a> {
    /// Of a battery that was run.
    pub fn of(findings: &'a [Finding]) -> Self {
        let questions = |finding: &'a Finding| {
            let asked = finding.calls.iter().filter(|call| call.purpose != Purpose::Given);
            asked.map(|call| (finding.operation.name, &call.features))
        };
        Self(findings.iter().flat_map(questions).collect())
    }

    /// What the calls in a journal rely on.
    pub fn reliance(&self, who: &str, journal: &[Exchange], unknown: Option<String>) -> Reliance {
        let calls = journal.iter().filter(|exchange| exchange.to == Peer::DynamoDb);
        let mut reliance = Reliance {
            who: who.to_owned(),
            operations: BTreeSet::new(),
            lacking: Features::new(),
            faulted: calls.clone().filter(|call| call.fault.is_some()).count(),
            unknown,
        };
        for used in calls.map(used).collect::<BTreeSet<_>>() {
            let mut covered = Features::new();
            for (operation, asked) in self.0.iter().filter(|(_, asked)| asked.is_subset(&used)) {
                reliance.operations.insert(operation);
                covered.extend(asked.iter().cloned());
            }
            reliance.lacking.extend(used.difference(&covered).cloned());
        }
        reliance
    }
}

impl Reliance {
    /// Whether its result can be trusted, given what the battery found.
    pub fn trust(&self, findings: &[Finding]) -> Trust {
        let outcomes: BTreeMap<&str, &Outcome> =
            findings.iter().map(|finding| (finding.operation.name, &finding.outcome)).collect();
        let those = |is_so: fn(&Outcome) -> bool| -> Vec<&'static str> {
            let relied = self.operations.iter().copied();
            relied.filter(|name| outcomes.get(name).is_some_and(|outcome| is_so(outcome))).collect()
        };
        if let Some(reason) = &self.unknown {
            return Trust::Unknown(reason.clone());
        }
        let differs = those(|outcome| matches!(outcome, Outcome::Differ(_)));
        if !differs.is_empty() {
            return Trust::Differs(differs);
        }
        let open = those(|outcome| outcome.reason().is_some()).into_iter().map(str::to_owned);
        let untested: Vec<String> = self.lacking.iter().cloned().chain(open).collect();
        if !untested.is_empty() {
            return Trust::Untested(untested);
        }
        let minding = those(|outcome| match outcome {
            Outcome::Accepted(entries) => entries.iter().any(Entry::is_to_be_minded),
            _ => false,
        });
        if minding.is_empty() { Trust::Trusted } else { Trust::Minding(minding) }
    }
}

/// What a call in a journal makes use of. The answer counts only when no fault met the call.
fn used(call: &Exchange) -> Features {
    let answer = call.answer.as_ref().filter(|_| call.fault.is_none()).map(|answer| Answer {
        status: answer.status,
        content_type: None,
        checksum: Checksum::Absent,
        has_request_id: false,
        body: (*answer.body).clone(),
    });
    features(&call.operation, &call.request, answer.as_ref())
}
