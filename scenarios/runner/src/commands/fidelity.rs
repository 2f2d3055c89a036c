//! `candlecheck fidelity`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use candlecheck::reference::Reference;
use candlecheck::{SEED, catalogue, jobs};
use clap::Args;
use harness::dynamodb::Tier;
use harness::fidelity::report::{self, Report, Told};
use harness::fidelity::{
    Accepted, Battery, Coverage, Finding, LastSuccess, Reliance, SideChoice, SideError, Started, comparison, lab_calls,
    operations,
};
use harness::outcome::{Entry, Outcome};
use harness::report::Countdown;
use harness::run::Plan;
use ohlc_server::clock::{Clock, SystemClock};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::output::{self, Format};
use crate::exit::Exit;

/// What somebody has looked at, and accepted.
const ACCEPTED: &str = include_str!("../../../../fixtures/fidelity/accepted.toml");
/// What the lab itself is called, where scenarios have their IDs.
const LAB: &str = "the lab itself";

/// What to compare with what, and how to report.
#[derive(Args)]
pub(crate) struct Options {
    /// One side: embedded, container, dynalite, moto, aws, or a URL
    #[arg(long, value_name = "SIDE", default_value_t = SideChoice::Embedded)]
    left: SideChoice,
    /// The other side
    #[arg(long, value_name = "SIDE", default_value_t = SideChoice::Container)]
    right: SideChoice,
    /// Do nothing when these two sides, in these versions, agreed less than this ago: 7d, 12h. The record is
    /// fidelity.json in $XDG_STATE_HOME/candlecheck, or in ~/.local/state/candlecheck
    #[arg(long, value_name = "AGE", value_parser = humantime::parse_duration)]
    if_older_than: Option<Duration>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// Compares two sides and reports; the exit code says what was found.
pub(crate) fn fidelity(options: &Options) -> Result<u8, Exit> {
    harness::tolerance().map_err(Exit::Usage)?;
    output::check(options.out.as_deref())?;
    let record = LastSuccess::in_folder(&state_folder()?);
    let accepted = Accepted::read(ACCEPTED)?;
    let (began, started) = (SystemClock.now(), Instant::now());
    let runtime = Runtime::new().context("starting the runtime")?;
    let (left, right) = runtime.block_on(start(options))?;
    let operations = operations::all();
    let same = comparison(left.side.description(), right.side.description(), &operations, ACCEPTED);
    if let Some(ago) = options.if_older_than.and_then(|age| record.within(&same, age, began)) {
        runtime.block_on(end(left, right))?;
        let ago = humantime::format_duration(Duration::from_secs(ago.as_secs()));
        eprintln!("candlecheck: nothing to do: last success {ago} ago");
        return Ok(0);
    }
    let (told_left, told_right) = (told(&left), told(&right));
    let countdown = Countdown::from(operations.len());
    let (stale, findings) = runtime.block_on(async {
        let battery = Battery { operations: &operations, left: &left.side, right: &right.side, accepted: &accepted };
        let found = tokio::select! {
            findings = battery.run(|_| countdown.one_done()) => Ok((battery.stale(&findings), findings)),
            code = interrupted() => Err(code),
        };
        end(left, right).await?;
        found.or_else(|code: i32| -> Result<_, Exit> {
            eprintln!("candlecheck: interrupted; the tables of this run are deleted");
            std::process::exit(code)
        })
    })?;
    drop(countdown);
    let reliances = reliances(&runtime, &findings)?;
    let took = started.elapsed();
    let report = Report { left: told_left, right: told_right, findings, stale, reliances, began, took };
    let text = match options.format {
        Format::Human => report::terminal(&report),
        Format::Json => report::json(&report),
    };
    output::write(&text, options.out.as_deref())?;
    let code = report.exit_code();
    if code == 0 {
        record.note(&same, began)?;
    }
    Ok(code)
}

/// Both sides, or neither.
async fn start(options: &Options) -> Result<(Started, Started), Exit> {
    let run = format!("candlecheck-fidelity-{:x}-{}", SystemClock.now().timestamp_micros(), std::process::id());
    let path = variable("PATH");
    let path = path.as_deref();
    let say = |progress: &str| eprintln!("candlecheck: {progress}");
    let left = Started::new(&options.left, format!("{run}-left"), path, say).await?;
    match Started::new(&options.right, format!("{run}-right"), path, say).await {
        Ok(right) => Ok((left, right)),
        Err(none) => {
            left.end().await?;
            Err(none.into())
        }
    }
}

async fn end(left: Started, right: Started) -> anyhow::Result<()> {
    let ended = left.end().await;
    right.end().await.and(ended)
}

/// What the lab and the catalogue rely on, by what passes the wire when the catalogue runs.
fn reliances(runtime: &Runtime, findings: &[Finding]) -> Result<Vec<Reliance>, Exit> {
    eprintln!("candlecheck: running the catalogue, to see what each scenario asks of DynamoDB");
    let coverage = Coverage::of(findings);
    let lab = coverage.reliance(LAB, &runtime.block_on(lab_calls())?, None);
    let plan = Plan {
        scenarios: catalogue(),
        target: Reference::healthy(),
        tier: Tier::embedded().into(),
        seed: SEED,
        proofs: false,
        jobs: jobs(),
    };
    let entries = plan.run(|_| ());
    let of_scenarios =
        entries.iter().map(|entry| coverage.reliance(entry.scenario.id, &entry.run.journal, doubt(entry)));
    Ok([lab].into_iter().chain(of_scenarios).collect())
}

/// Why the calls of a scenario are not known.
fn doubt(entry: &Entry) -> Option<String> {
    match &entry.run.outcome {
        Outcome::Passed => None,
        Outcome::Failed(failure) => Some(format!("it failed: {failure}")),
        other => other.reason().map(|reason| format!("{}: {reason}", other.word())),
    }
}

fn told(started: &Started) -> Told {
    Told { name: started.side.name().to_owned(), description: started.side.description().to_owned() }
}

/// The exit code of the signal that interrupts this run.
async fn interrupted() -> i32 {
    let wait = async |kind: SignalKind| {
        match signal(kind) {
            Ok(mut told) => told.recv().await,
            // Then the system ends this process, and what it leaves stays.
            Err(_) => std::future::pending().await,
        };
        128 + kind.as_raw_value()
    };
    tokio::select! {
        code = wait(SignalKind::interrupt()) => code,
        code = wait(SignalKind::terminate()) => code,
    }
}

fn state_folder() -> Result<PathBuf, Exit> {
    let state = variable("XDG_STATE_HOME").map(PathBuf::from);
    let state = state.or_else(|| variable("HOME").map(|home| Path::new(&home).join(".local/state")));
    let state =
        state.ok_or_else(|| Exit::Usage("set XDG_STATE_HOME or HOME: the record of successes is kept there".into()))?;
    Ok(state.join("candlecheck"))
}

#[expect(clippy::disallowed_methods, reason = "these are the user's own settings, not a server's")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl From<SideError> for Exit {
    fn from(none: SideError) -> Self {
        match none {
            SideError::NotThere(advice) => Self::NotThere(advice),
            SideError::Broken(cause) => Self::Broken(cause),
        }
    }
}
