//! The workflows call what people call: every command that they name is there, and every action is pinned.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const WORKFLOWS: [(&str, &str); 2] = [
    ("ci.yml", include_str!("../../../.github/workflows/ci.yml")),
    ("nightly.yml", include_str!("../../../.github/workflows/nightly.yml")),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every command line of a workflow: behind `run:`, or in the block below it.
fn commands(workflow: &str) -> Vec<&str> {
    let (mut commands, mut block) = (Vec::new(), None);
    for line in workflow.lines() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|begin| indent > begin && !line.trim().is_empty()) {
            commands.push(line.trim());
            continue;
        }
        block = None;
        let text = line.trim_start().trim_start_matches("- ");
        match text.strip_prefix("run:").map(str::trim) {
            Some("|") => block = Some(indent + usize::from(line.trim_start().starts_with("- ")) * 2),
            Some(command) => commands.push(command),
            None => {}
        }
    }
    commands
}

#[test]
fn every_command_is_there() {
    let mut checked = BTreeSet::new();
    for (name, workflow) in WORKFLOWS {
        for line in commands(workflow) {
            let words: Vec<&str> = line.trim_end_matches("|| true").split_whitespace().collect();
            match words[..] {
                ["cargo", "run", "--", ref arguments @ ..] => {
                    assert!(is_taken(&filled(arguments)), "{name}: {line} is refused");
                    checked.insert(arguments[0].to_owned());
                }
                [script, ..] if script.starts_with(".ci/") => {
                    assert!(root().join(script).is_file(), "{name}: {script} is not there");
                    checked.insert(script.to_owned());
                }
                // What a fresh machine needs.
                ["rustup" | "npm" | "npx" | "echo", ..] | ["cargo", "install", ..] => {}
                _ => panic!("{name}: `{line}` is not checked by this test: teach it how"),
            }
        }
    }
    let expected = [
        ".ci/book",
        ".ci/coverage",
        ".ci/e2e",
        ".ci/fuzz",
        ".ci/mutants",
        ".ci/run",
        ".ci/soak",
        ".ci/steady",
        "fidelity",
        "verify",
    ];
    assert_eq!(checked.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

/// Whether the command takes these arguments, which --help then keeps from being done.
fn is_taken(arguments: &[&str]) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
    command.args(arguments).arg("--help").output().expect("candlecheck runs").status.success()
}

/// Arguments with a number for each `${{ … }}`.
fn filled<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let (mut filled, mut inside) = (Vec::new(), false);
    for &word in arguments {
        inside |= word.contains("${{");
        if !inside {
            filled.push(word);
        }
        if inside && word.contains("}}") {
            filled.push("7");
            inside = word.ends_with("${{");
        }
    }
    filled.dedup();
    filled
}

#[test]
fn the_scripts_take_what_they_are_given() {
    let mut checked = 0;
    for (name, workflow) in WORKFLOWS {
        for line in commands(workflow).into_iter().filter(|line| line.starts_with(".ci/")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let script = std::fs::read_to_string(root().join(words[0])).expect("the script can be read");
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(script.contains(&format!("\"{option}\"")), "{name}: {} knows no {option}", words[0]);
                checked += 1;
            }
        }
    }
    assert!(checked >= 4, "only {checked} options were found, so this test no longer reads them");
}

#[test]
fn every_action_is_pinned_and_every_job_is_bounded() {
    for (name, workflow) in WORKFLOWS {
        for line in
            workflow.lines().filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix("uses: "))
        {
            let (action, version) = line.split_once('@').unwrap_or((line, ""));
            let digits = version.strip_prefix('v').unwrap_or_default();
            let major = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let hash = version.len() == 40 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(major || hash, "{name}: {action}@{version} is pinned neither by major version nor by hash");
        }
        let jobs = workflow.matches("runs-on:").count();
        assert_eq!(workflow.matches("timeout-minutes:").count(), jobs, "{name}: a job without an end");
        assert!(workflow.contains("\npermissions:\n  contents: read\n"), "{name} may do more than read");
        assert!(!workflow.contains(": write"), "{name} may write");
        assert!(workflow.contains("\nconcurrency:\n"), "{name} does not say what runs beside what");
    }
}
