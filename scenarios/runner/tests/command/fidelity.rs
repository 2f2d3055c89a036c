//! `fidelity`: two sides held against each other, and what each scenario relies on.

use std::net::TcpListener;

use candlecheck::catalogue;
use serde_json::{Value, json};

use crate::binary::{Binary, Ended};

/// The run of these arguments with a state folder of its own.
fn fidelity(arguments: &[&str], state: &std::path::Path) -> Ended {
    let arguments: Vec<&str> = [&["fidelity"], arguments].concat();
    let variables = [("XDG_STATE_HOME", state.to_str().unwrap()), ("AWS_EC2_METADATA_DISABLED", "true")];
    Binary::start(&arguments, &variables).ends()
}

#[test]
#[ignore = "takes ten seconds: cargo test -- --include-ignored"]
fn embedded_agrees_with_itself_and_the_battery_lacks_nothing_that_the_catalogue_relies_on() {
    let state = tempfile::tempdir().unwrap();
    let arguments = ["--left", "embedded", "--right", "embedded", "--format", "json"];
    let run = fidelity(&arguments, state.path());
    assert_eq!(run.code, Some(0), "{run:?}");
    let report = run.json();
    let count = |of: &str| report["summary"][of].as_u64();
    assert!(count("operations") >= Some(60), "{:#}", report["summary"]);
    assert_eq!(count("agree"), count("operations"));
    assert!(report["left"]["description"].as_str().is_some_and(|told| told.contains("dynoxide")), "{}", report["left"]);

    let scenarios = report["scenarios"].as_array().unwrap();
    let ids: Vec<&str> = scenarios.iter().filter_map(|scenario| scenario["id"].as_str()).collect();
    let expected: Vec<&str> = ["the lab itself"].into_iter().chain(catalogue().iter().map(|one| one.id)).collect();
    assert_eq!(ids, expected);
    let open = |scenario: &&Value| scenario["trust"] != "trusted" && scenario["trust"] != "unknown";
    assert_eq!(scenarios.iter().find(open), None, "add what is lacking to harness/src/fidelity/operations");
    // Whether a scenario passes on a busy machine is the affair of the catalogue's own tests; most must be known here.
    assert!(count("scenarios_trusted") >= Some(ids.len() as u64 * 9 / 10), "{:#}", report["summary"]);
    let a1 = scenarios.iter().find(|scenario| scenario["id"] == "A1").unwrap();
    assert!(a1["relies_on"].as_array().unwrap().contains(&json!("query-window-bare")), "{a1:#}");

    let again = fidelity(&[&arguments[..], &["--if-older-than", "7d"]].concat(), state.path());
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), ""), "{again:?}");
    assert!(again.stderr.contains("nothing to do: last success "), "{again:?}");
}

#[test]
fn a_side_that_is_not_there_is_told_with_what_to_do() {
    let state = tempfile::tempdir().unwrap();
    // The port of a listener that is gone.
    let gone = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    for (side, says) in [
        ("dynalite", "npm install --global dynalite"),
        ("moto", "pip install 'moto[server]'"),
        ("aws", "there is no AWS region: set AWS_REGION"),
        (&gone, "see that it runs"),
    ] {
        let run = fidelity(&["--right", side], state.path());
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert!(run.stderr.contains(says), "no {says:?} in {run:?}");
    }
    assert_eq!(std::fs::read_dir(state.path()).unwrap().count(), 0, "a failure was noted as a success");
}

#[test]
fn wrong_usage_says_what_is_right() {
    let state = tempfile::tempdir().unwrap();
    for (arguments, says) in [
        (["--right", "floppy"], "give embedded, container, dynalite, moto, aws, or a URL"),
        (["--if-older-than", "soon"], "invalid value 'soon' for '--if-older-than"),
        (["--format", "pdf"], "[possible values: human, json]"),
    ] {
        let run = fidelity(&arguments, state.path());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        assert!(run.stderr.contains(says), "no {says:?} in {run:?}");
    }
    let homeless = Binary::start(&["fidelity", "--right", "embedded"], &[]).ends();
    assert_eq!(homeless.code, Some(2), "{homeless:?}");
    assert!(homeless.stderr.contains("set XDG_STATE_HOME or HOME"), "{homeless:?}");
}
