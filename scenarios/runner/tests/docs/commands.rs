//! Every command that a page names is one, with every option.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use candlecheck::catalogue;
use libtest_mimic::Arguments;
use serde_json::Value;

use crate::page::{Page, files, root};

#[test]
fn every_command_is_one() {
    let mut checked = 0;
    for page in Page::of_the_present() {
        for line in lines(&page) {
            let told = format!("{}: `{line}`", page.path.display());
            let mut folder = root();
            for part in line.trim_start_matches('(').trim_end_matches(')').split(" && ") {
                let words: Vec<&str> = part.split_whitespace().skip_while(|word| is_variable(word)).collect();
                match words[..] {
                    ["cd", into] => {
                        folder.push(into);
                        assert!(folder.is_dir(), "{told}: there is no folder {into}");
                    }
                    _ => check(&words, &folder, &told),
                }
            }
            checked += 1;
        }
    }
    assert!(checked >= 60, "only {checked} commands were found, so this test no longer reads them");
}

/// The commands of a page: the lines of its shell blocks, and what stands in backticks and begins with a program.
fn lines(page: &Page) -> Vec<String> {
    let blocks = page.blocks.iter().filter(|block| block.language == "sh").map(|block| block.text.replace("\\\n", ""));
    let programs = ["cargo ", "candlecheck ", "npm ", "npx ", "curl ", ".ci/"];
    let inline = page.quoted().filter(|text| programs.iter().any(|program| text.starts_with(program)));
    let inline: Vec<String> = inline.map(|text| text.replace('\n', " ")).collect();
    let lines = blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).chain(inline);
    let lines = lines.map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

fn is_variable(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

fn check(words: &[&str], folder: &Path, told: &str) {
    match *words {
        ["cargo", "run"] | ["cargo", "insta", "review"] => {}
        ["cargo", "run", "--", ref arguments @ ..] | ["candlecheck", ref arguments @ ..] => takes(arguments, told),
        ["cargo", "test"] => {}
        ["cargo", "test", "--", flag] => {
            assert!(Arguments::from_iter(["test", flag]).include_ignored, "{told} runs no more than it does without");
        }
        ["cargo", "test" | "bench", ref options @ ..] if options.iter().any(|option| option.starts_with("--")) => {
            packages_are_there(options, told);
            let name = options.last().copied().unwrap_or_default();
            let target = ["tests", "benches"].iter().any(|kind| {
                let places = [format!("{kind}/{name}.rs"), format!("{kind}/{name}/main.rs")];
                files().iter().any(|file| places.iter().any(|place| file.ends_with(place)))
            });
            assert!(target, "{told}: there is no {name}");
        }
        ["cargo", "test", filter] => {
            let runs = catalogue().iter().any(|scenario| scenario.test_name().contains(filter));
            assert!(runs, "{told} runs nothing");
        }
        ["cargo", "build", ref options @ ..] => packages_are_there(options, told),
        ["./target/release/ohlc-server"] | ["./target/release/ohlc-server", "--help" | "warm"] => {}
        [script, ref options @ ..] if script.starts_with(".ci/") => {
            let script = fs::read_to_string(root().join(script)).unwrap_or_else(|cause| panic!("{told}: {cause}"));
            let own = options.iter().take_while(|option| **option != "--");
            for option in own.filter(|option| option.starts_with("--")) {
                assert!(script.contains(&format!("\"{option}\"")), "{told}: the script knows no {option}");
            }
        }
        ["npm", "ci"] | ["npx", ..] => {}
        ["npm", "test", ..] => has_script("test", folder, told),
        ["npm", "run", script, ..] => has_script(script, folder, told),
        // What others make.
        ["npm", "install", "--global", _] => {}
        ["apt-get" | "aws" | "curl" | "docker" | "pip" | "terraform", ..] => {}
        _ => panic!("{told} is not checked by this test: teach it how"),
    }
}

/// Arguments are checked one by one until --help, which then ends it.
fn takes(arguments: &[&str], told: &str) {
    let candlecheck = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
        command.current_dir(root()).args(arguments).arg("--help").output().unwrap()
    };
    if let Some(left_out) = arguments.iter().position(|argument| *argument == "…") {
        let help = candlecheck(&arguments[..1]);
        let help = String::from_utf8_lossy(&help.stdout);
        let options = arguments[1..left_out].iter().filter(|argument| argument.starts_with("--"));
        options.for_each(|option| assert!(help.contains(option), "{told}: there is no {option}"));
        return;
    }
    let output = candlecheck(arguments);
    assert!(output.status.success(), "{told}: {}", String::from_utf8_lossy(&output.stderr));
    for path in arguments.iter().filter(|argument| argument.starts_with("scenarios/")) {
        assert!(root().join(path).exists(), "{told}: {path} does not exist");
    }
}

fn packages_are_there(options: &[&str], told: &str) {
    for (kind, name) in options.iter().zip(options.iter().skip(1)) {
        if ["-p", "--bin"].contains(kind) {
            let manifests = files().into_iter().filter(|file| file.ends_with("Cargo.toml"));
            let named = format!("name = \"{name}\"\n");
            let mut texts = manifests.map(|file: PathBuf| fs::read_to_string(root().join(file)).unwrap());
            assert!(texts.any(|text| text.contains(&named)), "{told}: there is no {name}");
        }
    }
}

/// Where no folder is named, the dashboard's tests are meant.
fn has_script(script: &str, folder: &Path, told: &str) {
    let folder = if folder == root() { folder.join("e2e") } else { folder.to_owned() };
    let package = fs::read_to_string(folder.join("package.json")).unwrap();
    let package: Value = serde_json::from_str(&package).unwrap();
    assert!(package["scripts"][script].is_string(), "{told}: there is no script {script}");
}
