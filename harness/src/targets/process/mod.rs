//! A server as a process of its own: any program that follows the contract, in any language.
//!
//! It finds nothing of this process's environment but what it is given, listens on a port that the system chooses, and
//! says in its log where: a JSON line with `address`. Nothing of it outlives its instance; and if this process dies
//! before, a program that ends with its standard input ends too.

pub(super) mod child;
mod instance;
pub(super) mod output;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;
use serde_json::Value;

use self::child::Child;
use self::instance::Process;
use super::{Instance, Launch, Refused};

/// A program that is a server.
#[derive(Debug, Clone)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Its arguments before any other.
    pub arguments: Vec<String>,
    /// What it finds in its environment besides what the scenario gives.
    pub environment: BTreeMap<String, String>,
    /// What tests can do with it.
    pub controls: Controls,
}

/// How tests control a program: paths to be posted to, and variables to be set.
#[derive(Debug, Clone, Copy)]
pub struct Controls {
    /// Empties memory.
    pub drop_l1: &'static str,
    /// Answers when nothing is left to write.
    pub idle: &'static str,
    /// Lets it go wrong where a body like `{"at": "look-up", "how": "panic"}` says; nowhere with `{}`.
    pub fail: &'static str,
    /// Writes the request's body as a line of the log.
    pub log: &'static str,
    /// The variable that names the file with the time; see [`Clock::file`](crate::Clock::file).
    pub clock_file: &'static str,
    /// The argument that lets it fill the table and end.
    pub warm: &'static str,
}

impl Program {
    /// Starts an instance, and waits until it listens.
    ///
    /// # Errors
    /// [`Refused`] when it ends instead; and when it does neither.
    pub async fn start(&self, launch: &Launch) -> anyhow::Result<Box<dyn Instance>> {
        let child = self.child(&[], launch)?;
        let Some(address) = child.stdout.wait_for(address).await else {
            if !child.stdout.has_ended() {
                bail!("it does not say where it listens{}", spoken(&child));
            }
            let code = child.ended().await?.code();
            return Err(Refused { code, said: child.stderr.text(|_| true) }.into());
        };
        Ok(Box::new(Process::listening(format!("http://{address}"), child, self.controls)?))
    }

    /// Fills the table, and gives what was said about it.
    ///
    /// # Errors
    /// When it ends with an error, with what was said.
    pub async fn warm(&self, launch: &Launch) -> anyhow::Result<String> {
        let child = self.child(&[self.controls.warm], launch)?;
        let status = child.ended().await?;
        match status.success() {
            true => Ok(child.stderr.text(|_| true)),
            false => bail!("it ended with {status}{}", spoken(&child)),
        }
    }

    fn child(&self, arguments: &[&str], launch: &Launch) -> anyhow::Result<Child> {
        let mut command = Command::new(&self.path);
        command.args(&self.arguments).args(arguments).env_clear().envs(&self.environment);
        command.envs(&launch.environment).env(self.controls.clock_file, launch.clock.file()?);
        Child::start(command)
    }
}

/// The address in a log line, if it tells one.
fn address(line: &str) -> Option<String> {
    field(line, "address")
}

/// A text of a log line that is a JSON object, if it has it.
pub(super) fn field(line: &str, name: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    line[name].as_str().map(str::to_owned)
}

/// What a process has said that did not go well, for an error's end.
pub(super) fn spoken(child: &Child) -> String {
    match child.stderr.text(|_| true) {
        said if said.is_empty() => " and said nothing".into(),
        said => format!(" and said: {}", said.trim_end()),
    }
}
