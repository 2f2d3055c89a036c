//! What a test can do with a server: an HTTP call, or a command.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};

use super::template::{Template, Values};
use crate::contract::{ADMIN_TOKEN, TOKEN};
use crate::targets::loopback::client;
use crate::targets::process::child::Child;
use crate::targets::process::spoken;

/// How long a control may take. Waiting for idleness may mean to wait for what a scenario slows down.
const PATIENCE: Duration = Duration::from_secs(30);

/// One control.
#[derive(Debug, Clone)]
pub(super) enum Control {
    /// A call of the server's own interface.
    Http { method: String, path: Template, headers: BTreeMap<String, Template>, body: Template },
    /// A command on this machine.
    Command(Invocation),
    /// Nothing has to be done.
    Nothing,
}

/// A program with its arguments, as it is found on this machine.
#[derive(Debug, Clone)]
pub(super) struct Invocation {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<Template>,
    /// Where it runs.
    pub(super) folder: PathBuf,
    /// Where it finds other programs.
    pub(super) search: String,
}

impl Invocation {
    /// The command that this is, with these values. It finds no variable but where programs are.
    pub(super) fn command(&self, values: &Values) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.arguments.iter().filter_map(|argument| argument.fill(values)));
        command.current_dir(&self.folder).env_clear().env("PATH", &self.search);
        command
    }
}

impl Control {
    /// Does it.
    pub(super) async fn apply(&self, url: &str, values: &Values) -> anyhow::Result<()> {
        let values = &everywhere(url).into_iter().chain(values.clone()).collect();
        match self {
            Self::Nothing => Ok(()),
            Self::Http { method, path, headers, body } => {
                let filled = |template: &Template| template.fill(values).context("a placeholder without a value");
                let path = filled(path)?;
                let mut request = client(PATIENCE)?.request(method.parse()?, format!("{url}{path}"));
                for (name, value) in headers {
                    request = request.header(name, filled(value)?);
                }
                let sent = request.body(filled(body)?).send();
                let answer = sent.await.with_context(|| format!("the control {method} {path} does not answer"))?;
                ensure!(answer.status().is_success(), "the control {method} {path} answers {}", answer.status());
                Ok(())
            }
            Self::Command(invocation) => invocation.run(values).await.map(|_| ()),
        }
    }

    /// Does it, and lets nothing else happen meanwhile.
    pub(super) fn apply_at_once(&self, url: &str, values: &Values) -> anyhow::Result<()> {
        std::thread::scope(|scope| {
            let doing = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                runtime.block_on(self.apply(url, values))
            });
            doing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

/// What every control may name.
fn everywhere(url: &str) -> Values {
    let values = [("url", url), ("token", TOKEN), ("admin_token", ADMIN_TOKEN)];
    values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

impl Invocation {
    /// Runs it to its end, and gives what it said.
    pub(super) async fn run(&self, values: &Values) -> anyhow::Result<String> {
        let name = self.program.display();
        let child = Child::start_leader(self.command(values))?;
        let ended = tokio::time::timeout(PATIENCE, child.ended()).await;
        let status = ended.with_context(|| format!("the command {name} does not end"))??;
        ensure!(status.success(), "the command {name} ended with {status}{}", spoken(&child));
        Ok(child.stdout.text(|_| true) + &child.stderr.text(|_| true))
    }
}
