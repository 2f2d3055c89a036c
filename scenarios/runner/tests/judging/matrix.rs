//! A matrix tells claims that hold from claims that do not, whatever the scenarios say of themselves.

use std::sync::Arc;
use std::time::Duration;

use candlecheck::SEED;
use candlecheck::reference::Reference;
use harness::dynamodb::Tier;
use harness::matrix::{Matrix, Plan};
use harness::report::matrix::{self as report, MatrixReport};
use harness::{Lab, LocalBoxFuture, Priority, Scenario, Verdict, expect, ohlc};
use ohlc_server::clock::{Clock, SystemClock};

use crate::scenario;

/// A scenario that only this test knows, and that claims a defect of the ticker's case.
const fn claims(id: &'static str, run: for<'a> fn(&'a mut Lab) -> LocalBoxFuture<'a, Verdict>) -> Scenario {
    let (priority, requirement, from) = (Priority::P0, "Nothing", &[]);
    let catches = &["ticker-case-kept"];
    Scenario { id, name: "own", priority, requirement, from, needs: &[], catches, run, file: file!() }
}

static PASSES: Scenario = claims("Z1", |_| Box::pin(async { Ok(()) }));
static FAILS: Scenario = claims("Z2", |_| Box::pin(async { expect("anything", 1).is(2) }));
static BREAKS: Scenario = claims("Z3", |_| Box::pin(async { panic!("out of bounds") }));
static BREAKS_ON_THE_DEFECT: Scenario = claims("Z4", |lab| {
    Box::pin(async {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let reply = lab.server().await?.ask(ohlc("aapl").range("1W")).await?;
        assert!(!reply.cache_key().contains("aapl"), "another key than on a healthy server");
        Ok(())
    })
});

fn matrix(scenarios: Vec<&'static Scenario>, defects: Vec<&'static str>) -> Matrix {
    Plan { scenarios, defects, target: Reference::healthy(), tier: Arc::new(Tier::embedded()), seed: SEED, jobs: 2 }
        .run(|| {})
}

#[test]
fn a_row_tells_who_claims_a_defect_and_who_catches_it() {
    let matrix = matrix(vec![scenario("A3"), scenario("G14")], vec!["date-of-utc", "no-ceiling", "ticker-case-kept"]);
    let rows: Vec<_> = matrix
        .rows
        .iter()
        .map(|row| (row.defect, row.claimed_by.as_slice(), row.caught_by.as_slice(), row.unclear.len()))
        .collect();
    let (a3, g14) = (["A3"].as_slice(), ["G14"].as_slice());
    assert_eq!(rows, [("date-of-utc", g14, g14, 0), ("no-ceiling", &[], &[], 0), ("ticker-case-kept", a3, a3, 0)]);
    assert_eq!((matrix.claims_tested(), matrix.exit_code()), (2, 0));
    assert_eq!(matrix.caught_by_nobody(), ["no-ceiling"]);
    assert_eq!(matrix.left_to_their_claimants(), ["date-of-utc", "ticker-case-kept"]);
    assert_eq!(matrix.catch_only_their_own(), ["A3", "G14"]);
}

#[test]
fn who_catches_more_than_he_claims_is_seen() {
    let matrix = matrix(vec![scenario("A1"), scenario("A3")], vec!["cache-key-without-date", "no-single-flight"]);
    assert_eq!(matrix.rows[0].caught_by, ["A1"]);
    let matrix = self::matrix(vec![scenario("A10"), scenario("A1")], vec!["cache-key-without-date"]);
    assert_eq!((&matrix.rows[0].claimed_by[..], &matrix.rows[0].caught_by[..]), (&["A1"][..], &["A10", "A1"][..]));
    assert_eq!(matrix.left_to_their_claimants(), [""; 0]);
    assert_eq!(matrix.catch_only_their_own(), ["A1"]);
}

#[test]
fn a_claim_that_does_not_hold_fails_the_matrix() {
    let matrix = matrix(vec![scenario("A3"), &PASSES], vec!["ticker-case-kept"]);
    assert_eq!(matrix.missed_claims(), [("ticker-case-kept", "Z1")]);
    assert_eq!((matrix.claims_tested(), matrix.exit_code()), (2, 1));
    assert_eq!(matrix.catch_nothing(), ["Z1"]);
}

#[test]
fn who_fails_anyway_catches_nothing() {
    let matrix = matrix(vec![scenario("A3"), &FAILS], vec!["ticker-case-kept"]);
    assert_eq!(matrix.rows[0].caught_by, ["A3"]);
    assert_eq!(matrix.left_out.iter().map(|(scenario, _)| scenario.id).collect::<Vec<_>>(), ["Z2"]);
    assert_eq!((matrix.claims_tested(), matrix.missed_claims().len(), matrix.exit_code()), (1, 0, 1));
    let (tier, target, began) = (Tier::embedded().facts().clone(), "a server".into(), SystemClock.now());
    let report = MatrixReport { tier, target, seed: SEED, matrix, began, took: Duration::ZERO };
    let why = "anything: expected 2, got 1";
    for told in [report::terminal(&report), report::json(&report), report::html(&report)] {
        assert!(told.contains(why), "no {why:?} in {told}");
    }
}

#[test]
fn who_breaks_blames_nobody() {
    let broken = matrix(vec![scenario("A3"), &BREAKS], vec!["ticker-case-kept"]);
    assert_eq!((broken.left_out.len(), broken.exit_code()), (1, 4));
    let broken = matrix(vec![&BREAKS_ON_THE_DEFECT], vec!["ticker-case-kept"]);
    assert_eq!(broken.unclear_claims(), [("ticker-case-kept", "Z4")]);
    assert_eq!((broken.missed_claims().len(), broken.caught_by_nobody().len(), broken.exit_code()), (0, 1, 4));
    assert!(broken.rows[0].unclear[0].1.contains("another key"), "{:?}", broken.rows[0]);
    assert_eq!(matrix(Vec::new(), vec!["ticker-case-kept"]).exit_code(), 3);
}
