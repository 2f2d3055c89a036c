//! Runs of every kind, for the reports that are held to them.

mod junit;
mod page;
mod snapshots;
mod tier;

use std::sync::Arc;
use std::time::Duration;

use candlecheck::reference::Reference;
use candlecheck::{SEED, catalogue};
use harness::dynamodb::Tier;
use harness::outcome::{Catch, Entry, Outcome, Proof, Run};
use harness::report::Report;
use harness::run::Trial;
use harness::targets::Target;
use harness::{Failure, Need, Scenario};
use ohlc_server::clock::{Clock, SystemClock};

/// Text that would run, or break a page or a document, if somebody took it for markup.
const HOSTILE: &str = "<script>alert(1)</script>&\"'</style>]]>\u{1b}[31m";

fn scenario(id: &str) -> &'static Scenario {
    catalogue().into_iter().find(|scenario| scenario.id == id).unwrap()
}

fn report(entries: Vec<Entry>) -> Report {
    let (tier, target, took) =
        (Tier::embedded().facts().clone(), "a server <of ours>".into(), Duration::from_millis(1_234));
    let command = "cargo run -- verify".into();
    let (proofs, unprovable) = (true, None);
    let (specification, began) = (scenarios::specification::cited, SystemClock.now());
    Report { tier, target, command, seed: 7, proofs, unprovable, specification, entries, began, took }
}

/// A server that keeps the ticker's case, and so fails A3.
fn failing() -> Entry {
    let target: Arc<dyn Target> = Reference::healthy().with_defect("ticker-case-kept").unwrap();
    Trial::of(scenario("A3"), &target, &Tier::embedded(), SEED).run_and_prove(true)
}

fn ended(id: &str, outcome: Outcome) -> Entry {
    let run = Run { outcome, besides: None, took: Duration::from_millis(5), journal: Vec::new() };
    Entry { scenario: scenario(id), run, proofs: Vec::new() }
}

fn proof(defect: &'static str, catch: Catch) -> Proof {
    Proof { defect, about: Some(format!("{HOSTILE} of {defect}")), catch, took: Duration::from_millis(3) }
}

/// One entry of every kind, each with text that nobody should trust.
fn every_kind() -> Report {
    let blamed = || Failure { what: HOSTILE.into(), expected: HOSTILE.into(), actual: HOSTILE.into() };
    let mut proven = ended("A1", Outcome::Passed);
    proven.proofs = vec![
        proof("cache-key-without-date", Catch::Caught(blamed())),
        proof("a-missed-one", Catch::Missed),
        proof("a-broken-one", Catch::Broken(HOSTILE.into())),
        proof("one-of-another-target", Catch::NotRun(HOSTILE.into())),
    ];
    report(vec![
        proven,
        ended("A2", Outcome::Failed(blamed())),
        failing(),
        ended("B1", Outcome::SetUpFailed(HOSTILE.into())),
        ended("B2", Outcome::HarnessBroken(HOSTILE.into())),
        ended("C6", Outcome::NotRun(vec![Need::Clock.to_string(), Need::DropL1.to_string()])),
    ])
}
