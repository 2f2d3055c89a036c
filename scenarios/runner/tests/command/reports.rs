//! JUnit XML and the page for a browser: they count as JSON does, they say what a failure was, and they trust no text.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use candlecheck::reference::Reference;
use candlecheck::{EMBEDDED, SEED, catalogue};
use harness::outcome::{Catch, Entry, Outcome, Proof, Run};
use harness::report::{Report, html, json, junit};
use harness::run::run_and_prove;
use harness::targets::Target;
use harness::{Failure, Need, Scenario};
use ohlc_server::clock::{Clock, SystemClock};
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus};
use serde_json::Value;

use crate::binary::candlecheck;

/// Text that would run, or break a page or a document, if somebody took it for markup.
const HOSTILE: &str = "<script>alert(1)</script>&\"'</style>]]>\u{1b}[31m";

fn scenario(id: &str) -> &'static Scenario {
    catalogue().into_iter().find(|scenario| scenario.id == id).unwrap()
}

fn report(entries: Vec<Entry>) -> Report {
    let (tier, target, took) = (EMBEDDED.into(), "a server <of ours>".into(), Duration::from_millis(1_234));
    Report { tier, target, seed: 7, proofs: true, entries, began: SystemClock.now(), took }
}

/// A server that keeps the ticker's case, and so fails A3.
fn failing() -> Entry {
    let target: Arc<dyn Target> = Reference::healthy().with_defect("ticker-case-kept").unwrap();
    run_and_prove(scenario("A3"), &target, SEED, true)
}

fn ended(id: &str, outcome: Outcome) -> Entry {
    let run = Run { outcome, took: Duration::from_millis(5), journal: Vec::new() };
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
    ];
    report(vec![
        proven,
        ended("A2", Outcome::Failed(blamed())),
        failing(),
        ended("B1", Outcome::SetUpFailed(HOSTILE.into())),
        ended("B2", Outcome::HarnessBroken(HOSTILE.into())),
        ended("C6", Outcome::NotRun(vec![Need::Clock, Need::DropL1])),
    ])
}

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
    // Beside the scenarios and proofs that went wrong, only proofs whose control did not pass are not run.
    let unproven: usize = report.entries[1..].iter().map(|entry| entry.scenario.catches.len()).sum();
    assert_eq!(document.failures, summary.failed + summary.proofs_missed);
    assert_eq!(document.errors, summary.set_up_failed + summary.harness_broken + summary.proofs_broken);
    assert_eq!(document.skipped, summary.not_run + unproven);
    assert_eq!(document.tests, report.entries.len() + 3 + unproven);

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
    for words in [scenario("A3").requirement, "expected: ", "got: ", "/api/v2/tickers/aapl/ohlc", &again] {
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

/// The page loads nothing and runs nothing.
fn stands_alone(page: &str) {
    for lead in ["<script", "src=", "@import", "url(", "<link rel=\"stylesheet", "href=\"http", "href=\"//", "<iframe"]
    {
        assert!(!page.contains(lead), "{lead} in the page");
    }
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.contains(&"data:,"), "{links:?}");
    for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(page.contains(&format!("id=\"{link}\"")), "nothing is called {link}");
    }
}

#[test]
fn the_page_of_a_run_that_went_well_names_everything_and_is_short() {
    let run = candlecheck(&["verify", "--only", "A3,A4", "--format", "html"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let page = run.stdout;
    stands_alone(&page);
    let a3 = scenario("A3");
    let seed = SEED.to_string();
    let said = ["All is as it should be", EMBEDDED, &seed, "<code>aapl</code> after", a3.catches[0]];
    for words in said.into_iter().chain(["<caption>2 of 2 scenarios passed", "catches 1 of 1 defect"]) {
        assert!(page.contains(words), "no {words:?}");
    }
    assert!(!page.contains("What needs attention") && !page.contains("class=\"sequence\""), "a fuss about nothing");
    let style = page.split("</style>").next().unwrap().len();
    assert!(page.len() - style < 6_000, "{} characters about two scenarios that passed", page.len() - style);
}

#[test]
fn the_page_of_a_failure_shows_what_was_wanted_what_came_and_the_calls() {
    let report = report(vec![failing()]);
    let Outcome::Failed(failure) = &report.entries[0].run.outcome else { panic!("{:?}", report.entries[0].run) };
    let page = html::render(&report);
    stands_alone(&page);
    let again = report.again("A3");
    let expected = failure.expected.replace('"', "&quot;");
    let said = [&failure.what, &expected, &again, "1 scenario failed", "a server &lt;of ours&gt;"];
    for words in said.into_iter().chain(["visitor", "Tiingo", "GET #1 /api/v2/tickers/aapl/ohlc", "The same as text"]) {
        assert!(page.contains(words), "no {words:?}");
    }
    // A call and its answer are an arrow each, and each call has its number at both.
    let journal = &report.entries[0].run.journal;
    let answers = journal.iter().filter(|exchange| exchange.answer.is_some()).count();
    assert!(journal.len() > 3, "{journal:?}");
    assert_eq!(page.matches("<circle").count(), journal.len() + answers);
    assert!(page.matches(&format!(">{}</text>", journal.len())).count() >= 1);
}

#[test]
fn no_text_of_a_run_becomes_markup() {
    let page = html::render(&every_kind());
    stands_alone(&page);
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;";
    // In three fields of a failure, two causes, and the words of three proofs, some of which are shown twice.
    assert!(page.matches(escaped).count() >= 8, "{} times", page.matches(escaped).count());
    assert_eq!(page.matches("</style>").count(), 1);
    for words in ["set-up failed", "harness broken", "the target lacks clock control, dropping L1", "catches 1 of 3"] {
        assert!(page.contains(words), "no {words:?}");
    }
    let counted: Value = serde_json::from_str(&json::render(&every_kind())).unwrap();
    assert_eq!(counted["scenarios"][0]["proofs"][1]["about"].as_str().unwrap(), format!("{HOSTILE} of a-missed-one"));
}
