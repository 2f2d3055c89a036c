//! JUnit XML: it counts as JSON does, and tells a failure from an error.

use std::collections::BTreeMap;

use harness::report::junit;
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus};
use serde_json::Value;

use super::{HOSTILE, every_kind, scenario};
use crate::binary::candlecheck;

fn cases(document: &Document) -> BTreeMap<&str, &TestCase> {
    document.test_suites.iter().flat_map(|suite| &suite.test_cases).map(|case| (case.name.as_str(), case)).collect()
}

fn property<'a>(case: &'a TestCase, name: &str) -> Option<&'a str> {
    case.properties.iter().find(|property| property.name.as_str() == name).map(|property| property.value.as_str())
}

#[test]
fn junit_counts_what_json_counts() {
    let arguments = |format| ["verify", "--only", "A3,A4,B10", "--seed", "7", "--format", format];
    let (told, counted) = (candlecheck(&arguments("junit")), candlecheck(&arguments("json")).json());
    assert_eq!((told.code, told.stderr.lines().count()), (Some(0), 3), "{told:?}");
    let document = Document::deserialize_from_str(&told.stdout).unwrap();
    let names: Vec<&str> = document.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(names, ["A. Cache keys", "B. Data integrity"]);

    let cases = cases(&document);
    let scenarios = counted["scenarios"].as_array().unwrap();
    let proofs = |scenario: &Value| scenario["proofs"].as_array().unwrap().clone();
    assert_eq!(document.tests, scenarios.len() + scenarios.iter().flat_map(proofs).count());
    assert_eq!((cases.len(), document.failures, document.errors, document.skipped), (document.tests, 0, 0, 0));
    for scenario in scenarios {
        let (id, name) = (scenario["id"].as_str().unwrap(), scenario["name"].as_str().unwrap());
        let name = format!("{}_{name}", id.to_lowercase());
        let case = cases[name.as_str()];
        assert_eq!((property(case, "id"), property(case, "seed")), (Some(id), Some("7")));
        assert_eq!(property(case, "tier"), counted["tier"].as_str());
        assert_eq!(property(case, "target"), counted["target"].as_str());
        for proof in proofs(scenario) {
            let defect = proof["defect"].as_str().unwrap();
            let case = cases[format!("{name}::catches_{}", defect.replace('-', "_")).as_str()];
            assert_eq!(property(case, "defect"), Some(defect));
            assert_eq!(property(case, "mistake"), proof["about"].as_str());
        }
    }
}

#[test]
fn junit_tells_a_failure_from_an_error_from_what_was_not_run() {
    let report = every_kind();
    let document = Document::deserialize_from_str(&junit::render(&report).unwrap()).unwrap();
    let summary = report.summary();
    // Proofs are not run whose control did not pass, and those of defects that the target cannot have.
    let unproven: usize = report.entries[1..].iter().map(|entry| entry.scenario.catches.len()).sum();
    assert_eq!(document.failures, summary.failed + summary.proofs_missed);
    assert_eq!(document.errors, summary.set_up_failed + summary.harness_broken + summary.proofs_broken);
    assert_eq!(document.skipped, summary.not_run + summary.proofs_not_run + unproven);
    assert_eq!(document.tests, report.entries.len() + 4 + unproven);

    let cases = cases(&document);
    let not_well = |name: &str| match &cases[name].status {
        TestCaseStatus::NonSuccess { kind, message, ty, description, .. } => {
            let text = |text: &Option<quick_junit::XmlString>| text.as_deref().unwrap_or_default().to_owned();
            (*kind, text(ty), text(message), text(description))
        }
        other => panic!("{name}: {other:?}"),
    };
    let (kind, ty, message, description) = not_well("a3_ticker_case_normalization");
    assert_eq!((kind, ty.as_str()), (NonSuccessKind::Failure, "failed"));
    assert!(message.contains("expected"), "{message}");
    let again = report.again("A3");
    let cited = "specification: decisions.md, Ticker: \"A ticker is made upper case";
    for words in [scenario("A3").requirement, cited, "expected: ", "got: ", "/api/v2/tickers/aapl/ohlc", &again] {
        assert!(description.contains(words), "no {words:?} in {description}");
    }
    // An escape sequence of a terminal is no character of XML; the rest comes back as it was.
    let (kind, ty, message, _) = not_well("b1_price_precision_preserved");
    assert_eq!((kind, ty.as_str()), (NonSuccessKind::Error, "set-up failed"));
    assert_eq!(message, HOSTILE.trim_end_matches("\u{1b}[31m"));
    assert_eq!(not_well("b2_missing_volume_is_zero").1, "harness broken");
    assert_eq!(not_well("a1_date_anchor_prevents_stale_data::catches_a_missed_one").0, NonSuccessKind::Failure);
    assert_eq!(not_well("a1_date_anchor_prevents_stale_data::catches_a_broken_one").0, NonSuccessKind::Error);
    let TestCaseStatus::Skipped { message, .. } = &cases[scenario("C6").test_name().as_str()].status else {
        panic!("{:?}", cases[scenario("C6").test_name().as_str()])
    };
    assert_eq!(message.as_deref(), Some("the target lacks clock control, dropping L1"));
}
