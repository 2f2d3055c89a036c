//! `new-regression`: what it writes fits into the catalogue and fails until it is filled in, and what it refuses.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use candlecheck::reference::Reference;
use candlecheck::{SEED, catalogue};
use harness::dynamodb::Tier;
use harness::outcome::Outcome;
use harness::run::Trial;
use tempfile::TempDir;

/// The template stands in this test's catalogue, as what is made of it does in everybody's.
#[path = "../src/commands/new_regression/template.rs"]
mod template;

/// Where the regressions are in a project.
const FOLDER: &str = "scenarios/src/r_regressions";

/// The project's regressions, copied, so that a test may add to them.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FOLDER), project.path().join(FOLDER));
    fs::create_dir_all(&to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    project
}

fn files(project: &TempDir) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(project.path().join(FOLDER)).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

fn new_regression(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
    command.current_dir(folder).arg("new-regression").args(arguments).output().unwrap()
}

#[test]
fn the_template_is_a_scenario_of_the_catalogue_and_fails() {
    let template = catalogue().into_iter().find(|scenario| scenario.file.ends_with("template.rs")).unwrap();
    assert_eq!(template.id, "R0_what_must_hold");
    assert_eq!((template.category(), template.number(), template.label()), ('R', Some(0), "R0"));
    assert_eq!(template.test_name(), "r0_what_must_hold");
    assert!(template.is_named("r0") && template.is_named("R") && template.is_named("R0_what_must_hold"));
    assert!(!template.is_named("R1") && !template.is_named("what_must_hold"));
    let outcome = Trial::of(template, &Reference::healthy(), &Tier::embedded(), SEED).run().outcome;
    assert!(matches!(&outcome, Outcome::Failed(failure) if failure.expected.contains("filled in")), "{outcome:?}");
}

#[test]
fn what_is_written_is_the_template_under_its_own_name() {
    let project = project();
    let before = files(&project);
    let done = new_regression(&project.path().join("scenarios/src"), &["4711", "retry_after_as_a_date"]);
    assert!(done.status.success(), "{done:?}");

    let written = project.path().join(FOLDER).join("r4711_retry_after_as_a_date.rs");
    let new: Vec<_> = files(&project).into_iter().filter(|file| !before.contains(file)).collect();
    assert_eq!(new, [written.as_path()]);
    let text = fs::read_to_string(written).unwrap();
    let template = include_str!("../src/commands/new_regression/template.rs");
    let other: Vec<_> =
        text.lines().zip(template.lines()).filter(|(new, old)| new != old).map(|(new, _)| new).collect();
    assert_eq!(
        other,
        [
            "//! Issue 4711: say here what went wrong, and who would have noticed.",
            "    R4711 P1 \"Say in one sentence what must hold\"",
            "    async fn retry_after_as_a_date(lab: &mut Lab) {",
        ]
    );
    assert_eq!(text.lines().count(), template.lines().count());

    let said = String::from_utf8(done.stdout).unwrap();
    for words in
        ["r4711_retry_after_as_a_date.rs", "scenarios/runner/src/defects", "--only R4711_retry_after_as_a_date"]
    {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}

#[test]
fn an_id_is_never_used_again() {
    let project = project();
    let first = catalogue().into_iter().find(|scenario| scenario.number() == Some(2) && scenario.category() == 'R');
    let known = first.unwrap().name;
    assert!(new_regression(project.path(), &["4711", "a_name"]).status.success());
    // One that is compiled in, and one that has only just been written.
    for (issue, name) in [("2", known), ("4711", "a_name")] {
        let before = files(&project);
        let refused = new_regression(project.path(), &[issue, name]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true), "{said}");
        assert!(
            said.contains(&format!("R{issue}_{name} exists"))
                && said.contains("choose a name that tells this bug apart"),
            "{said}"
        );
        assert_eq!(files(&project), before);
    }
}

#[test]
fn malformed_names_are_refused_with_an_example() {
    let project = project();
    let before = files(&project);
    let long = "a".repeat(61);
    for name in
        ["", "Bar", "bar-late", "bar late", "_bar", "bar_", "bar__late", "1bar", "../bar", "bär", "match", &long]
    {
        let refused = new_regression(project.path(), &["17", name]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true), "{name:?}: {said}");
        let advised = said.contains("for example bar_after_the_close") || name.is_empty();
        assert!(advised, "{name:?}: {said}");
    }
    for issue in ["0", "-1", "R17", "17a"] {
        assert_eq!(new_regression(project.path(), &[issue, "a_name"]).status.code(), Some(2), "{issue}");
    }
    assert_eq!(files(&project), before);
}

#[test]
fn outside_of_the_project_it_says_where_to_go() {
    let elsewhere = tempfile::tempdir().unwrap();
    let refused = new_regression(elsewhere.path(), &["17", "a_name"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{said}");
    assert!(said.contains("run this in a checkout of Candlecheck"), "{said}");
}
