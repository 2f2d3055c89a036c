//! `list` and `rules`: everything there is, and a reader who leaves early.

use std::io::Read;
use std::process::{Command, Stdio};

use candlecheck::catalogue;
use ohlc_server::Policies;

use crate::binary::candlecheck;

#[test]
fn list_shows_every_scenario_in_every_format() {
    let listed = candlecheck(&["list", "--format", "json"]).json();
    let listed: Vec<_> = listed.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    let all: Vec<_> = catalogue().iter().map(|scenario| scenario.id).collect();
    assert_eq!(listed, all);

    let (people, markdown) = (candlecheck(&["list"]), candlecheck(&["list", "--format", "markdown"]));
    assert_eq!((people.code, markdown.code), (Some(0), Some(0)));
    for scenario in catalogue() {
        let row = format!("| {} | {} | {} |", scenario.id, scenario.priority, scenario.requirement);
        assert!(markdown.stdout.contains(&row), "no {row}");
        let shown = people.stdout.lines().any(|line| line.split_whitespace().next() == Some(scenario.id));
        assert!(shown, "no {} in {}", scenario.id, people.stdout);
    }
}

#[test]
fn rules_shows_every_rule_with_its_setting() {
    let shown = candlecheck(&["rules"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    for rule in Policies::default().decisions() {
        let row = shown.stdout.lines().find(|line| line.split_whitespace().next() == Some(rule.name));
        let row = row.unwrap_or_else(|| panic!("no {} in {}", rule.name, shown.stdout));
        assert!(row.contains(rule.setting.unwrap_or_default()), "no setting in {row}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
    let mut child = command.arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!((child.wait().unwrap().code(), complaint.as_str()), (Some(0), ""));
}
