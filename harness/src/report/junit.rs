//! The report for CI servers: JUnit XML. A suite a category, a case a scenario, and a case a proof.

use anyhow::Context;
use quick_junit::{NonSuccessKind, Property, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::Report;
use super::terminal::category_name;
use crate::outcome::{Catch, Entry, Outcome, Proof};
use crate::verdict::Failure;

/// The report as XML.
///
/// # Errors
/// When it cannot be written as XML.
pub fn render(report: &Report) -> anyhow::Result<String> {
    let mut document = Document::new("candlecheck");
    document.set_time(report.took).set_timestamp(report.began);
    for category in report.entries.chunk_by(|one, next| one.scenario.category() == next.scenario.category()) {
        document.add_test_suite(suite(category, report));
    }
    document.to_string().context("writing XML")
}

fn suite(entries: &[Entry], report: &Report) -> TestSuite {
    let letter = entries[0].scenario.category();
    let mut suite = TestSuite::new(format!("{letter}. {}", category_name(letter)));
    for entry in entries {
        suite.add_test_case(scenario(entry, report));
        suite.add_test_cases(entry.proofs.iter().map(|proof| self::proof(entry, proof, report)));
        if report.proofs && entry.run.outcome != Outcome::Passed {
            suite.add_test_cases(entry.scenario.catches.iter().map(|defect| unproven(entry, defect, report)));
        }
    }
    let runs = entries.iter().map(|entry| entry.run.took);
    let proofs = entries.iter().flat_map(|entry| &entry.proofs).map(|proof| proof.took);
    suite.set_time(runs.chain(proofs).sum());
    suite
}

/// A scenario's run on the healthy server.
fn scenario(entry: &Entry, report: &Report) -> TestCase {
    let scenario = entry.scenario;
    let outcome = &entry.run.outcome;
    let mut status = TestCaseStatus::success();
    match outcome {
        Outcome::Passed => {}
        Outcome::Failed(failure) => {
            status = not_well(NonSuccessKind::Failure, outcome.word(), failure.to_string());
            status.set_description(told(entry, failure, report));
        }
        Outcome::SetUpFailed(cause) | Outcome::HarnessBroken(cause) => {
            status = not_well(NonSuccessKind::Error, outcome.word(), cause.clone());
            status.set_description(format!("{cause}\n{}", footing(entry, report)));
        }
        Outcome::NotRun(_) => status = skipped(outcome.reason().unwrap_or_default()),
    }
    let mut case = case(scenario.test_name(), status, entry, report);
    case.add_property(Property::new("outcome", outcome.word())).set_time(entry.run.took);
    case
}

/// A scenario run against a defect: good if it fails.
fn proof(entry: &Entry, proof: &Proof, report: &Report) -> TestCase {
    let scenario = entry.scenario;
    let again = report.again(scenario.id);
    let status = match &proof.catch {
        Catch::Caught(_) => TestCaseStatus::success(),
        Catch::NotRun(reason) => skipped(reason.clone()),
        Catch::Missed => {
            let message = format!("{} passes on a server with {}", scenario.id, proof.defect);
            let mut status = not_well(NonSuccessKind::Failure, "missed", message);
            let mistake = proof.about.as_deref().unwrap_or(proof.defect);
            status.set_description(format!("the mistake: {mistake}\nrun it again: {again}"));
            status
        }
        Catch::Broken(cause) => {
            let mut status = not_well(NonSuccessKind::Error, "proof broken", cause.clone());
            status.set_description(format!("{cause}\nrun it again: {again}"));
            status
        }
    };
    let mut case = proving(entry, proof.defect, status, report);
    if let Some(about) = &proof.about {
        case.add_property(Property::new("mistake", about));
    }
    case.set_time(proof.took);
    case
}

/// A proof that was not run because its control did not pass.
fn unproven(entry: &Entry, defect: &str, report: &Report) -> TestCase {
    proving(
        entry,
        defect,
        skipped(format!("{} is {} without the defect", entry.scenario.id, entry.run.outcome.word())),
        report,
    )
}

fn proving(entry: &Entry, defect: &str, status: TestCaseStatus, report: &Report) -> TestCase {
    let name = format!("{}::catches_{}", entry.scenario.test_name(), defect.replace('-', "_"));
    let mut case = case(name, status, entry, report);
    case.add_property(Property::new("defect", defect));
    case
}

fn case(name: String, status: TestCaseStatus, entry: &Entry, report: &Report) -> TestCase {
    let scenario = entry.scenario;
    let mut case = TestCase::new(name, status);
    case.set_classname(format!("candlecheck.{}", scenario.category()));
    let (seed, up_in) = (report.seed.to_string(), report.tier.up_in());
    let properties = [
        ("id", scenario.id),
        ("priority", scenario.priority.word()),
        ("requirement", scenario.requirement),
        ("target", &report.target),
        ("tier", &report.tier.name),
        ("tier up in", &up_in),
        ("seed", &seed),
    ];
    case.add_properties(properties.map(|(name, value)| Property::new(name, value)));
    case.add_properties(report.tier.image.iter().map(|image| Property::new("tier image", image)));
    case
}

fn not_well(kind: NonSuccessKind, word: &str, message: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(word).set_message(message);
    status
}

fn skipped(reason: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
}

fn told(entry: &Entry, failure: &Failure, report: &Report) -> String {
    let Failure { what, expected, actual } = failure;
    let requirement = entry.scenario.requirement;
    let cited: String = report.cited(entry.scenario).map(|cited| format!("specification: {cited}\n")).collect();
    let besides = entry.run.besides.as_ref().map(|besides| format!("besides: {besides}\n")).unwrap_or_default();
    let footing = footing(entry, report);
    format!(
        "required: {requirement}\n{cited}looked at: {what}\nexpected: {expected}\ngot: {actual}\n{besides}{footing}"
    )
}

fn footing(entry: &Entry, report: &Report) -> String {
    let again = format!("run it again: {}", report.again(entry.scenario.id));
    match super::last_calls(&entry.run.journal) {
        [] => again,
        last => {
            let calls: String = last.iter().map(|exchange| format!("{exchange}\n")).collect();
            format!("the last calls on every wire:\n{calls}{again}")
        }
    }
}
