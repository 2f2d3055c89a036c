//! What the reports look like: one run with an entry of every kind, at fixed times, in every format.

use std::time::Duration;

use harness::dynamodb::TierFacts;
use harness::observe::journal::{Answer, Exchange, Peer};
use harness::outcome::{Catch, Entry, Outcome, Proof, Run};
use harness::report::{Report, html, json, junit, terminal};
use harness::{Citation, Failure, Need, Priority, Scenario, Verdict};
use serde_json::Value;

const fn scenario(id: &'static str, name: &'static str, requirement: &'static str) -> Scenario {
    Scenario {
        id,
        name,
        priority: Priority::P1,
        requirement,
        from: &["decisions.md#lock-lease"],
        needs: &[],
        catches: &["lock-without-expiry"],
        run: |_| Box::pin(async { Verdict::Ok(()) }),
        file: "scenarios/src/d_races/d1_example.rs",
    }
}

static PASSES: Scenario = scenario("A1", "passes", "A `key` names its day");
static MISSES: Scenario = scenario("A2", "misses", "Candles keep their order");
static FAILS: Scenario = scenario("D2", "fails", "A dead holder's lock is taken over after its lease");
static NOT_SET_UP: Scenario = scenario("D3", "set_up_fails", "Only the holder releases a lock");
static BREAKS: Scenario = scenario("D4", "breaks", "A waiter gets the holder's write");
static NOT_RUN: Scenario = scenario("E10", "not_run", "Expired credentials are replaced");

fn cited(anchor: &str) -> Option<Citation> {
    (anchor == "decisions.md#lock-lease").then(|| Citation {
        document: "decisions.md",
        heading: "Lock lease",
        sentence: "A lock lasts 30 s at most (`OHLC_LOCK_LEASE`).".into(),
    })
}

fn failure() -> Failure {
    Failure { what: "provider calls".into(), expected: "2".into(), actual: "1".into() }
}

fn exchange(number: usize, to: Peer, operation: &str, subject: &str, status: u16, fault: Option<&str>) -> Exchange {
    let at = Duration::from_micros(1_500 * number as u64);
    Exchange {
        number,
        at,
        to,
        operation: operation.into(),
        subject: subject.into(),
        request: Value::Null.into(),
        answer: Some(Answer { status, body: Value::Null.into(), at: at + Duration::from_millis(1) }),
        fault: fault.map(str::to_owned),
    }
}

fn entry(scenario: &'static Scenario, outcome: Outcome, proofs: Vec<Proof>) -> Entry {
    let journal = match outcome {
        Outcome::Failed(_) => vec![
            exchange(1, Peer::Server, "GET", "#1 /api/v2/tickers/AAPL/ohlc?range=1W", 200, None),
            exchange(2, Peer::DynamoDb, "Query", "table AAPL#tiingo", 500, Some("InternalServerError")),
            exchange(3, Peer::Tiingo, "GET", "/tiingo/daily/AAPL/prices", 200, None),
        ],
        _ => Vec::new(),
    };
    Entry { scenario, run: Run { outcome, besides: None, took: Duration::from_millis(12), journal }, proofs }
}

fn proof(catch: Catch) -> Proof {
    let about = Some("a lock is never taken over".into());
    Proof { defect: "lock-without-expiry", about, catch, took: Duration::from_millis(3) }
}

fn report() -> Report {
    Report {
        tier: TierFacts { name: "embedded (dynoxide)".into(), image: None, start_up: Duration::from_micros(1_300) },
        target: "reference (in-process)".into(),
        command: "cargo run -- verify".into(),
        seed: 7,
        proofs: true,
        unprovable: None,
        specification: cited,
        entries: vec![
            entry(&PASSES, Outcome::Passed, vec![proof(Catch::Caught(failure()))]),
            entry(&MISSES, Outcome::Passed, vec![proof(Catch::Missed)]),
            entry(&FAILS, Outcome::Failed(failure()), Vec::new()),
            entry(&NOT_SET_UP, Outcome::SetUpFailed("the server did not start: no table".into()), Vec::new()),
            entry(&BREAKS, Outcome::HarnessBroken("the scenario panicked: out of bounds".into()), Vec::new()),
            entry(&NOT_RUN, Outcome::NotRun(vec![Need::OwnProcess.to_string()]), Vec::new()),
        ],
        began: "2026-02-03T22:00:00Z".parse().unwrap(),
        took: Duration::from_millis(1_234),
    }
}

#[test]
fn the_report_for_a_terminal() {
    insta::assert_snapshot!("terminal", terminal::render(&report()));
}

#[test]
fn the_report_as_json() {
    insta::assert_snapshot!("json", json::render(&report()));
}

#[test]
fn the_report_as_junit() {
    insta::assert_snapshot!("junit", junit::render(&report()).unwrap());
}

/// The page without its style sheet, which says nothing, and with a line break before each block, so that a change of it
/// can be read.
#[test]
fn the_report_as_a_page() {
    let page = html::render(&report());
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let page = format!("{head}{body}").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let blocks = ["<div", "<dl", "<h", "<p", "<section", "<article", "<t", "<li", "<svg", "<main", "<footer"];
    let page = blocks.iter().fold(page, |page, block| page.replace(block, &format!("\n{block}")));
    insta::assert_snapshot!("page", page);
}
