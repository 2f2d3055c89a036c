//! `candlecheck new-regression`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use candlecheck::catalogue;
use clap::Args;

use super::output;
use crate::exit::Exit;

/// A scenario that compiles, and fails until somebody fills it in. A test holds it to that.
const TEMPLATE: &str = include_str!("template.rs");
/// Where regressions stand, from the project's root.
const FOLDER: &str = "scenarios/src/r_regressions";
/// As long as a name may be.
const LONGEST: usize = 60;
/// Words that Rust keeps for itself.
const KEPT: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final fn \
     for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait \
     true try type typeof unsafe unsized use virtual where while yield";

/// The bug that was fixed.
#[derive(Args)]
pub(crate) struct Options {
    /// The number of the issue that reported it
    #[arg(value_name = "ISSUE", value_parser = clap::value_parser!(u32).range(1..))]
    issue: u32,
    /// What it is about, as the name of a function, for example bar_after_the_close
    #[arg(value_name = "NAME", value_parser = name)]
    name: String,
}

/// Writes the scenario, and says what is next.
pub(crate) fn new_regression(options: &Options) -> Result<u8, Exit> {
    let Options { issue, name } = options;
    let id = format!("R{issue}_{name}");
    let file = format!("r{issue}_{name}.rs");
    let path = folder()?.join(&file);
    if path.exists() || catalogue().iter().any(|scenario| scenario.id == id) {
        return Err(taken(&id));
    }
    let text = TEMPLATE
        .replace("Issue 0:", &format!("Issue {issue}:"))
        .replace("R0 P1", &format!("R{issue} P1"))
        .replace("fn what_must_hold", &format!("fn {name}"));
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut new) => new.write_all(text.as_bytes()).with_context(|| format!("writing {}", path.display()))?,
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Err(taken(&id)),
        Err(cause) => return Err(Exit::NotThere(format!("cannot write {}: {cause}", path.display()))),
    }
    output::write(&next(&id, &file), None)?;
    Ok(0)
}

/// The folder of the regressions, of the project that the present folder belongs to.
fn folder() -> Result<PathBuf, Exit> {
    let here = std::env::current_dir().context("finding the present folder")?;
    let found = here.ancestors().map(|folder| folder.join(FOLDER)).find(|folder| folder.is_dir());
    found.ok_or_else(|| {
        let here = Path::display(&here);
        Exit::NotThere(format!("no {FOLDER} in {here} or above it: run this in a checkout of Candlecheck"))
    })
}

fn taken(id: &str) -> Exit {
    Exit::Usage(format!("{id} exists, and IDs are never reused: choose a name that tells this bug apart"))
}

fn next(id: &str, file: &str) -> String {
    format!(
        "\
{FOLDER}/{file} is written. It fails until it is filled in. Next:

  1. Fill it in: what went wrong, what must hold, the sentence of scenarios/specification that demands it, what it
     needs, and a body that shows it from outside.
  2. Name in `catches` the defect that brings the bug back, and add it to a file of scenarios/runner/src/defects: it
     changes a policy of the server or wraps a port. If no policy decides the matter, make it one first.
  3. `cargo run -- verify --only {id}` must report that it passes and that the defect is caught.
  4. Describe the fix in CHANGELOG.md.
"
    )
}

/// A name that makes a function, a file and the second half of an ID.
fn name(text: &str) -> Result<String, String> {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let begins = text.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins || !text.split('_').all(is_word) {
        return Err("expected words of a-z and 0-9 joined by _, for example bar_after_the_close".into());
    }
    if text.len() > LONGEST {
        return Err(format!("expected at most {LONGEST} characters, for example bar_after_the_close"));
    }
    if KEPT.split_whitespace().any(|kept| kept == text) {
        return Err("this is a keyword of Rust: use more words, for example bar_after_the_close".into());
    }
    Ok(text.into())
}
