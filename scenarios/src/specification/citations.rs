//! Whatever cites the specification cites a heading that is there: scenarios, policies, comments, documents.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use harness::Scenario;

use super::{DOCUMENTS, anchor, cited};

/// Where citations are looked for, from the project's root.
const FOLDERS: [&str; 7] = ["server", "harness", "scenarios", "e2e", "docs", "book", ".github"];
/// What others wrote, or a build leaves.
const SKIPPED: [&str; 4] = ["target", "node_modules", "dist", "fixtures"];
/// Cites nothing yet: the author of a regression names the decision.
const TEMPLATE: &str = "commands/new_regression/template.rs";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The texts of a folder and of the folders in it, each with its path.
fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let kept = paths.filter(|path| !SKIPPED.iter().any(|skipped| path.file_name() == Some(OsStr::new(skipped))));
    let read = |path: PathBuf| match path.is_dir() {
        true => texts(&path),
        false => fs::read_to_string(&path).map(|text| vec![(path, text)]).unwrap_or_default(),
    };
    kept.flat_map(read).collect()
}

/// What a text cites: each mention of a document that an anchor follows.
fn citations(text: &str) -> impl Iterator<Item = &str> {
    let mentions = DOCUMENTS.iter().flat_map(|(document, _)| text.match_indices(*document));
    mentions.filter_map(|(begin, document)| {
        let anchor = text[begin + document.len()..].strip_prefix('#')?;
        let ends = anchor.find(|letter: char| !letter.is_alphanumeric() && !['-', '_'].contains(&letter));
        let length = ends.unwrap_or(anchor.len());
        (length > 0).then(|| &text[begin..begin + document.len() + 1 + length])
    })
}

#[test]
fn every_citation_leads_to_a_heading() {
    let mut files = FOLDERS.iter().flat_map(|folder| texts(&root().join(folder))).collect::<Vec<_>>();
    let at_the_root = fs::read_dir(root()).expect("the root is there").flatten().map(|entry| entry.path());
    files.extend(at_the_root.filter_map(|path| Some((path.clone(), fs::read_to_string(&path).ok()?))));
    let mut checked = 0;
    for (path, text) in files.iter().filter(|(path, _)| !path.ends_with(TEMPLATE)) {
        for citation in citations(text) {
            // The tests of the lookup cite what is not there.
            let meant = !path.ends_with("specification/mod.rs");
            assert!(!meant || cited(citation).is_some(), "{} cites {citation}, which is not there", path.display());
            checked += 1;
        }
    }
    assert!(checked > 300, "only {checked} citations were found, so this test no longer reads them");
}

#[test]
fn every_scenario_cites_the_sentences_that_demand_it() {
    let all = Scenario::all();
    assert!(all.len() > 100, "only {} scenarios are linked in", all.len());
    for scenario in all {
        assert!(!scenario.from.is_empty(), "{} cites nothing", scenario.id);
        for anchor in scenario.from {
            let found = cited(anchor).unwrap_or_else(|| panic!("{} cites {anchor}, which is not there", scenario.id));
            assert!(found.sentence.ends_with('.'), "{anchor} has no sentence to cite: {}", found.sentence);
        }
    }
}

#[test]
fn every_browser_scenario_cites_the_sentences_that_demand_it() {
    let files = texts(&root().join("e2e/h"));
    assert!(files.len() > 20, "only {} files in e2e/h", files.len());
    for (path, text) in files {
        for declared in text.split("\nscenario(").skip(1) {
            let head = declared.split("async").next().unwrap_or_default();
            assert!(citations(head).next().is_some(), "a scenario of {} cites nothing", path.display());
        }
    }
}

#[test]
fn every_link_inside_the_specification_leads_to_a_heading() {
    for (document, text) in DOCUMENTS {
        for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(cited(&format!("{document}#{link}")).is_some(), "{document} links to #{link}, which is not there");
        }
    }
}

#[test]
fn every_heading_has_an_anchor_of_its_own() {
    for (document, text) in DOCUMENTS {
        let mut seen = BTreeSet::new();
        for heading in text.lines().filter(|line| line.starts_with('#')) {
            let anchor = anchor(heading.trim_start_matches('#').trim());
            assert!(seen.insert(anchor.clone()), "{document} has two headings for #{anchor}");
        }
    }
}

#[test]
fn every_decision_gives_its_reason_and_what_else_was_possible() {
    let (_, decisions) = DOCUMENTS.into_iter().find(|(document, _)| *document == "decisions.md").expect("decisions");
    let mut checked = 0;
    for decision in decisions.split("\n### ").skip(1) {
        let (heading, text) = decision.split_once('\n').expect("a decision has a text");
        for part in ["*Why:*", "*Instead:*"] {
            assert_eq!(text.matches(part).count(), 1, "{part} of {heading}");
        }
        checked += 1;
    }
    assert!(checked > 100, "only {checked} decisions were found, so this test no longer reads them");
}
