//! The README tells the truth: its paths exist, its commands are commands.

use std::path::Path;
use std::process::Command;

use candlecheck::catalogue;
use libtest_mimic::Arguments;

const README: &str = include_str!("../../../README.md");
const CONTRIBUTING: &str = include_str!("../../../.github/CONTRIBUTING.md");

#[test]
fn every_path_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["server", "harness", "scenarios", "e2e", "fixtures", ".github", "LICENSE"];
    let mut checked = 0;
    for quoted in quoted(README).chain(quoted(CONTRIBUTING)) {
        let is_path = folders.iter().any(|folder| quoted == *folder || quoted.starts_with(&format!("{folder}/")));
        if is_path && !quoted.contains('<') {
            assert!(root.join(quoted).exists(), "{quoted} does not exist");
            checked += 1;
        }
    }
    assert!(checked >= 10, "only {checked} paths were found, so this test no longer reads them");
}

#[test]
fn every_command_is_one() {
    let mut checked = 0;
    for line in commands() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["cargo", "run"] => {}
            ["CANDLECHECK_TOKEN=test-token", "cargo", "run", "--", ref arguments @ ..] => candlecheck_takes(arguments),
            ["cargo", "run", "--", ref arguments @ ..] => candlecheck_takes(arguments),
            ["cargo", "test"] => {}
            ["cargo", "test", "--", flag] => {
                assert!(
                    Arguments::from_iter(["test", flag]).include_ignored,
                    "{line} runs no more than it does without"
                );
            }
            ["cargo", "test", filter] => {
                assert!(
                    catalogue().iter().any(|scenario| scenario.test_name().contains(filter)),
                    "{line} runs nothing"
                );
            }
            ["cargo", "build", "--release", "-p", "ohlc-server"]
            | ["./target/release/ohlc-server", "--help" | "warm"] => {}
            ["curl", ..] => {}
            _ => panic!("`{line}` is not checked by this test: teach it how"),
        }
        checked += 1;
    }
    assert!(checked >= 8, "only {checked} commands were found, so this test no longer reads them");
}

/// Arguments are checked one by one until --help, which then ends it.
fn candlecheck_takes(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
    let output = command.args(arguments).arg("--help").output().expect("candlecheck runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The lines of shell blocks, and quoted text that begins with a program, without comments.
fn commands() -> impl Iterator<Item = &'static str> {
    let blocks = README.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or_default().trim());
    let inline = quoted(README).filter(|text| text.starts_with("cargo ") || text.starts_with("curl "));
    lines.chain(inline)
}

/// What stands between single backticks, outside of code blocks.
fn quoted(text: &'static str) -> impl Iterator<Item = &'static str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|prose| prose.split('`').skip(1).step_by(2))
}
