//! A scenario with its defect is two files: in a copy of this workspace two files are added and nothing is edited, and the
//! catalogue of the copy runs the scenario, its proof, and the checks of the whole.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use candlecheck::catalogue;
use harness::cargo::told_by_cargo;
use ohlc_server::settings::Environment;
use serde_json::Value;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The scenario, but for its ID.
const SCENARIO: &str = r#"use harness::{expect, ohlc, scenario};

scenario! {
    ID P3 "`aapl` and `AAPL` have the same cache key"
    from ["decisions.md#ticker"]
    needs []
    catches ["one-of-two-files"]
    async fn two_files(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let upper = server.ask(ohlc("AAPL").range("1W")).await?;
        let lower = server.ask(ohlc("aapl").range("1W")).await?;
        expect("the key of aapl", lower.cache_key()).is(upper.cache_key())?;
    }
}
"#;

/// The defect: another name for one that there is.
const DEFECT: &str = r#"//! One of two files.

use super::{Defect, defects};

defects! {
    "one-of-two-files", "aapl and AAPL are two tickers":
        |one, other| (Defect::named("ticker-case-kept").expect("it is seeded").seed)(one, other);
}
"#;

#[test]
#[ignore = "takes long: cargo test -- --include-ignored"]
fn a_scenario_with_its_defect_is_two_files() {
    let copy = tempfile::tempdir().unwrap();
    copy_of_the_workspace(copy.path());
    let last = catalogue().iter().filter(|scenario| scenario.category() == 'A').filter_map(|one| one.number()).max();
    let number = last.unwrap() + 1;
    let (id, name) = (format!("A{number}"), format!("a{number}_two_files"));
    let scenario = copy.path().join("scenarios/src/a_cache_keys").join(format!("{name}.rs"));
    fs::write(scenario, SCENARIO.replace("ID", &id)).unwrap();
    fs::write(copy.path().join("scenarios/runner/src/defects/two_files.rs"), DEFECT).unwrap();

    let tests = built(copy.path());
    let proof = format!("{name}::catches_one_of_two_files");
    assert_eq!(passed(&tests, &name), BTreeSet::from([name.clone(), proof]));
    for whole in ["the_catalogue_is_whole", "every_defect_is_caught_by_somebody"] {
        assert_eq!(passed(&tests, whole), BTreeSet::from([whole.to_owned()]));
    }
}

/// What Git knows of, and what it would take in. The packages of the copy have a version of their own: it shares the
/// build directory, and Cargo tells packages of one name and place in a workspace apart by nothing else.
fn copy_of_the_workspace(to: &Path) {
    let listed = Command::new("git")
        .current_dir(WORKSPACE)
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()
        .expect("Git runs: this test copies what it knows of");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let files = String::from_utf8(listed.stdout).unwrap();
    for file in files.split_terminator('\0').filter(|file| Path::new(WORKSPACE).join(file).is_file()) {
        let copied = to.join(file);
        fs::create_dir_all(copied.parent().unwrap()).unwrap();
        fs::copy(Path::new(WORKSPACE).join(file), copied).unwrap();
    }
    let manifest = fs::read_to_string(to.join("Cargo.toml")).unwrap();
    let version = format!("\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest.matches(&version).count(), 1, "the version of the workspace in {manifest}");
    fs::write(to.join("Cargo.toml"), manifest.replace(&version, "\nversion = \"0.0.0-copy\"\n")).unwrap();
}

/// The tests of the copy's catalogue, built where the workspace is built, and with the dependencies that are there. What
/// is finished lies with the copy, so that no binary of the workspace is replaced.
fn built(copy: &Path) -> PathBuf {
    let build = Path::new(env!("CARGO_BIN_EXE_candlecheck")).ancestors().nth(2).unwrap();
    let mut command = Command::new(Environment::of_process().get("CARGO").unwrap_or("cargo"));
    command.current_dir(copy).env("CARGO_BUILD_BUILD_DIR", build).env("CARGO_TARGET_DIR", copy.join("target"));
    command.args(["test", "--offline", "--no-run", "--test", "catalogue", "--message-format", "json"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    for name in told_by_cargo() {
        command.env_remove(name);
    }
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "the copy does not build:\n{said}");
    let messages = String::from_utf8_lossy(&ended.stdout);
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let tests = artifacts.filter(|artifact| artifact["target"]["name"] == "catalogue");
    tests.filter_map(|test| test["executable"].as_str().map(PathBuf::from)).next().expect("the tests' path")
}

/// The tests that a filter selects; each has passed.
fn passed(tests: &Path, filter: &str) -> BTreeSet<String> {
    let ended = Command::new(tests).arg(filter).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{filter} of the copy:\n{said}{}", String::from_utf8_lossy(&ended.stderr));
    let ran = said.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"));
    ran.map(|name| name.trim_end().to_owned()).collect()
}
