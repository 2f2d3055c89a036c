//! Every command that a page names is one, with every option.

use std::fs;
use std::path::Path;
use std::process::Command;

use candlecheck::catalogue;
use libtest_mimic::Arguments;
use serde_json::Value;

use crate::page::{Page, files, root};

#[test]
fn every_command_is_one() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for page in Page::of_the_present() {
        for line in lines(&page) {
            let told = |problem| format!("{}: `{line}`: {problem}", page.path.display());
            wrong.extend(check_line(&line).err().map(told));
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 60, "only {checked} commands were found, so this test no longer reads them");
}

/// Whether a line says what can be done, and else what is wrong with it.
type Checked = Result<(), String>;

fn require(there: bool, problem: impl Into<String>) -> Checked {
    if there { Ok(()) } else { Err(problem.into()) }
}

/// Checks each command of a line, which may change the folder for the next.
fn check_line(line: &str) -> Checked {
    let mut folder = root();
    for part in line.trim_start_matches('(').trim_end_matches(')').split(" && ") {
        let words: Vec<&str> = part.split_whitespace().skip_while(|word| is_variable(word)).collect();
        match words[..] {
            ["cd", into] => {
                folder.push(into);
                require(folder.is_dir(), format!("there is no folder {into}"))?;
            }
            _ => check(&words, &folder)?,
        }
    }
    Ok(())
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

fn check(words: &[&str], folder: &Path) -> Checked {
    match *words {
        ["cargo", "run" | "test"] | ["cargo", "insta", "review"] => Ok(()),
        ["cargo", "run", "--", ref arguments @ ..] | ["candlecheck", ref arguments @ ..] => takes(arguments),
        ["cargo", "test", "--", flag] => {
            require(Arguments::from_iter(["test", flag]).include_ignored, "runs no more than it does without")
        }
        ["cargo", "test" | "bench", ref options @ ..] if options.iter().any(|option| option.starts_with("--")) => {
            packages_are_there(options)?;
            let name = options.last().copied().unwrap_or_default();
            let is_one = ["tests", "benches"].iter().any(|kind| {
                let places = [format!("{kind}/{name}.rs"), format!("{kind}/{name}/main.rs")];
                files().iter().any(|file| places.iter().any(|place| file.ends_with(place)))
            });
            require(is_one, format!("there is no {name}"))
        }
        ["cargo", "test", filter] => {
            let runs = catalogue().iter().any(|scenario| scenario.test_name().contains(filter));
            require(runs, "runs nothing")
        }
        ["cargo", "build", ref options @ ..] => packages_are_there(options),
        ["./target/release/ohlc-server"] | ["./target/release/ohlc-server", "--help" | "warm"] => Ok(()),
        [script, ref options @ ..] if script.starts_with(".ci/") => {
            let text = fs::read_to_string(root().join(script)).map_err(|cause| cause.to_string())?;
            let mut own =
                options.iter().take_while(|option| **option != "--").filter(|option| option.starts_with("--"));
            let unknown = own.find(|option| !text.contains(&format!("\"{option}\"")));
            require(unknown.is_none(), format!("the script does not know {unknown:?}"))
        }
        ["npm", "test", ..] => has_script("test", folder),
        ["npm", "run", script, ..] => has_script(script, folder),
        ["npm", "ci"] | ["npm", "install", "--global", _] | ["npx", ..] => Ok(()),
        // What others make.
        ["apt-get" | "aws" | "curl" | "docker" | "pip" | "terraform", ..] => Ok(()),
        _ => Err("is not checked by this test: teach it how".into()),
    }
}

/// Arguments are checked one by one until --help, which then ends it.
fn takes(arguments: &[&str]) -> Checked {
    let candlecheck = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
        command.current_dir(root()).args(arguments).arg("--help").output().unwrap()
    };
    // What the reader is to fill in is no argument yet.
    if let Some(open) = arguments.iter().position(|argument| *argument == "…" || argument.starts_with('<')) {
        let help = candlecheck(&arguments[..1]);
        let help = String::from_utf8_lossy(&help.stdout);
        let mut options = arguments[1..open].iter().filter(|argument| argument.starts_with("--"));
        let unknown = options.find(|option| !help.contains(**option));
        return require(unknown.is_none(), format!("there is no option {unknown:?}"));
    }
    let output = candlecheck(arguments);
    require(output.status.success(), String::from_utf8_lossy(&output.stderr))?;
    let mut paths = arguments.iter().filter(|argument| argument.starts_with("scenarios/"));
    let missing = paths.find(|path| !root().join(path).exists());
    require(missing.is_none(), format!("there is no {missing:?}"))
}

fn packages_are_there(options: &[&str]) -> Checked {
    let manifests = files().into_iter().filter(|file| file.ends_with("Cargo.toml"));
    let manifests: String = manifests.map(|file| fs::read_to_string(root().join(file)).unwrap()).collect();
    let mut named = options.iter().zip(options.iter().skip(1)).filter(|(kind, _)| ["-p", "--bin"].contains(kind));
    let unknown = named.find(|(_, name)| !manifests.contains(&format!("name = \"{name}\"\n")));
    require(unknown.is_none(), format!("there is no {unknown:?}"))
}

/// Where no folder is named, the dashboard's tests are meant.
fn has_script(script: &str, folder: &Path) -> Checked {
    let folder = if folder == root() { folder.join("e2e") } else { folder.to_owned() };
    let package = fs::read_to_string(folder.join("package.json")).map_err(|cause| cause.to_string())?;
    let package: Value = serde_json::from_str(&package).map_err(|cause| cause.to_string())?;
    require(package["scripts"][script].is_string(), format!("there is no script {script}"))
}
