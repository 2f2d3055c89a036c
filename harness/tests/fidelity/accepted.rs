//! The file of accepted differences: it is true, covers what it names exactly, and fails when it no longer is true.

use std::time::Duration;

use chrono::DateTime;
use harness::faults::{ErrorAnswer, on};
use harness::fidelity::report::{Report, Told};
use harness::fidelity::{Accepted, Finding, Outcome, operations};

use crate::world::{World, these};

const FILE: &str = include_str!("../../../fixtures/fidelity/accepted.toml");

fn accepted(shows: &str) -> Accepted {
    let part = format!(
        "[[difference]]\noperation = \"query-empty\"\nsides = [\"one\", \"other\"]\nshows = [{shows}]\nwhy = \"a test\""
    );
    Accepted::read(&part).unwrap()
}

/// What a throttled query shows instead of an empty page.
const THROTTLED: [&str; 5] = [
    r#"["1. Query: Count", "0", "absent"]"#,
    r#"["1. Query: Items", "[]", "absent"]"#,
    r#"["1. Query: ScannedCount", "0", "absent"]"#,
    r#"["1. Query: __type", "absent", "ProvisionedThroughputExceededException"]"#,
    r#"["1. Query: status", "200", "400"]"#,
];

#[test]
fn every_part_of_the_file_is_about_an_operation_that_there_is() {
    let all = operations::all();
    for name in Accepted::read(FILE).unwrap().operations() {
        assert!(all.iter().any(|operation| operation.name == name), "{name} is none");
    }
}

#[tokio::test]
async fn a_difference_is_accepted_when_all_of_it_is() {
    let world = World::with(on("Query"), ErrorAnswer::throttled()).await;
    let whole = world.find(&["query-empty"], &accepted(&THROTTLED.join(", "))).await;
    assert!(matches!(&whole[0].outcome, Outcome::Accepted(entries) if entries.len() == 5), "{:?}", whole[0].outcome);
    let part = world.find(&["query-empty"], &accepted(&THROTTLED[1..].join(", "))).await;
    let Outcome::Differ(left) = &part[0].outcome else { panic!("{:?}", part[0].outcome) };
    assert_eq!(left.iter().map(|found| found.at.as_str()).collect::<Vec<_>>(), ["1. Query: Count"]);
    world.end().await;
}

#[tokio::test]
async fn a_difference_that_shows_otherwise_than_accepted_is_a_new_one() {
    let world = World::with(on("Query"), ErrorAnswer::no_such_table()).await;
    let (known, operations) = (accepted(&THROTTLED.join(", ")), these(&["query-empty"]));
    let battery = world.battery(&operations, &known);
    let findings = battery.run(|_| ()).await;
    let Outcome::Differ(new) = &findings[0].outcome else { panic!("{:?}", findings[0].outcome) };
    assert_eq!(new.iter().map(|found| found.at.as_str()).collect::<Vec<_>>(), ["1. Query: __type"]);
    assert_eq!(battery.stale(&findings).len(), 1, "the old type of error is gone");
    world.end().await;
}

#[tokio::test]
async fn an_accepted_difference_that_is_gone_fails_the_run() {
    let world = World::named("one", "other").await;
    let (known, operations) = (accepted(THROTTLED[4]), these(&["query-empty"]));
    let battery = world.battery(&operations, &known);
    let findings = battery.run(|_| ()).await;
    assert_eq!(findings[0].outcome, Outcome::Agree);
    let stale = battery.stale(&findings);
    assert_eq!(stale.iter().map(|entry| entry.at.as_str()).collect::<Vec<_>>(), ["1. Query: status"]);
    let mut report = report(findings);
    assert_eq!(report.exit_code(), 0);
    report.stale = stale;
    assert_eq!(report.exit_code(), 1);
    let text = harness::fidelity::report::terminal(&report);
    assert!(text.contains("ACCEPTED, BUT GONE  query-empty: 1. Query: status"), "{text}");
    world.end().await;
}

#[tokio::test]
async fn exit_codes_tell_a_difference_from_a_side_that_is_gone() {
    let differing = World::with(on("Query"), ErrorAnswer::throttled()).await;
    let differs = report(differing.find(&["query-empty"], &Accepted::default()).await);
    assert_eq!(differs.exit_code(), 1);
    differing.end().await;
    let silent = World::with(on("Query"), harness::faults::DropConnection).await;
    assert_eq!(report(silent.find(&["query-empty"], &Accepted::default()).await).exit_code(), 3);
    silent.end().await;
    let empty = World::named("one", "other").await;
    empty.left.clean_up().await.unwrap();
    empty.right.clean_up().await.unwrap();
    assert_eq!(report(empty.find(&["query-partition"], &Accepted::default()).await).exit_code(), 4);
    empty.end().await;
}

fn report(findings: Vec<Finding>) -> Report {
    let told = |name: &str| Told { name: name.to_owned(), description: name.to_owned() };
    let (stale, reliances) = (Vec::new(), Vec::new());
    let (began, took) = (DateTime::UNIX_EPOCH, Duration::ZERO);
    Report { left: told("one"), right: told("other"), findings, stale, reliances, began, took }
}
