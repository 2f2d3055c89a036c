//! `candlecheck verify`.

mod matrix;
mod target;

use std::path::PathBuf;
use std::time::Instant;

use candlecheck::{SEED, catalogue, jobs};
use clap::{Args, ValueEnum};
use harness::dynamodb::TierChoice;
use harness::report::progress::Progress;
use harness::report::{Report, html, json, junit, terminal};
use harness::run::Plan;
use harness::{Priority, Scenario};
use ohlc_server::clock::{Clock, SystemClock};

use self::target::{Chosen, TargetName};
use super::output;
use crate::exit::Exit;
use crate::running_tier::RunningTier;

/// What to run, on what, and how to tell.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Only these scenarios: IDs and category letters, for example A,B3
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    only: Vec<String>,
    /// Only scenarios of these priorities, for example P0,P1
    #[arg(long, value_delimiter = ',', value_name = "PRIORITIES")]
    priority: Vec<String>,
    /// The server to test: in-process and process are the reference server, in this process or as a binary with a
    /// process for each instance; a TOML file describes any other
    #[arg(long, value_name = "in-process|process|FILE.toml", default_value_t)]
    target: TargetName,
    /// What its table lives on: embedded (inside this process), container (DynamoDB Local, needs Docker), aws, or the
    /// URL of another DynamoDB
    #[arg(long, value_name = "TIER", default_value_t)]
    dynamodb: TierChoice,
    /// With aws or a URL: the table, which must be marked as one for tests; `candlecheck-test` when not given
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Do not inject defects: says nothing about whether the scenarios can fail
    #[arg(long)]
    no_proofs: bool,
    /// Repeats every random choice of an earlier run; the same one every time, when not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The level at which the servers log, `info` when not given; whatever they log is searched for secrets
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warn", "info", "debug", "trace"])]
    log: Option<String>,
    /// How many scenarios to run side by side; four for each processor, when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Where to write the report, instead of standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Only the Kth of N equal parts, for machines side by side
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Hold every defect against every selected scenario, to see who catches what. Takes as long as all scenarios
    /// together, times the number of defects, and wants a machine with nothing else to do; --shard takes a part of
    /// the defects
    #[arg(long, conflicts_with = "no_proofs")]
    matrix: bool,
    /// Of the matrix only these defects
    #[arg(long, value_delimiter = ',', value_name = "NAMES", requires = "matrix")]
    defects: Vec<String>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    /// For a terminal
    Human,
    /// One JSON document
    Json,
    /// JUnit XML, for a CI server
    Junit,
    /// One page for a browser, with nothing to load from elsewhere
    Html,
}

/// Runs the selection and reports; the exit code says what was found.
pub(crate) fn verify(options: &Options) -> Result<u8, Exit> {
    harness::tolerance().map_err(Exit::Usage)?;
    if options.matrix {
        return matrix::matrix(options);
    }
    let scenarios = part(selection(options)?, options.shard)?;
    output::check(options.out.as_deref())?;
    let log = options.log.as_deref();
    let Chosen { target, one_at_a_time } = options.target.open(log)?;
    let unprovable = target.unprovable();
    let tier = RunningTier::start(&options.dynamodb, options.table.as_deref())?;
    let plan = Plan {
        target,
        tier: tier.shared(),
        seed: options.seed.unwrap_or(SEED),
        proofs: !options.no_proofs && unprovable.is_none(),
        jobs: if one_at_a_time { 1 } else { options.jobs.map_or_else(jobs, usize::from) },
        scenarios,
    };
    tier.announce(plan.runs());
    let (began, started) = (SystemClock.now(), Instant::now());
    let progress = Progress::of(plan.scenarios.len());
    let entries = plan.run(|entry| progress.finished(entry));
    drop(progress);
    let left_clean = tier.end();
    let report = Report {
        tier: plan.tier.facts().clone(),
        target: plan.target.name(),
        command: format!("{}{}", options.target.command(), on_tier(options)),
        seed: plan.seed,
        proofs: plan.proofs,
        unprovable,
        entries,
        began,
        took: started.elapsed(),
    };
    let text = match options.format {
        Format::Human => terminal::render(&report),
        Format::Json => json::render(&report),
        Format::Junit => junit::render(&report)?,
        Format::Html => html::render(&report),
    };
    output::write(&text, options.out.as_deref())?;
    left_clean?;
    Ok(report.summary().exit_code())
}

/// What names the tier in a command; nothing for the one that is there anyway.
fn on_tier(options: &Options) -> String {
    let tier = match &options.dynamodb {
        TierChoice::Embedded => String::new(),
        other => format!(" --dynamodb {other}"),
    };
    options.table.iter().fold(tier, |tier, table| format!("{tier} --table {table}"))
}

/// The scenarios that were asked for.
fn selection(options: &Options) -> Result<Vec<&'static Scenario>, Exit> {
    let all = catalogue();
    for word in &options.only {
        if !all.iter().any(|scenario| scenario.is_named(word)) {
            return Err(Exit::Usage(format!(
                "--only {word} names no scenario; `candlecheck list` shows what there is"
            )));
        }
    }
    let priorities = options.priority.iter().map(|word| {
        Priority::ALL
            .iter()
            .copied()
            .find(|priority| priority.word().eq_ignore_ascii_case(word))
            .ok_or_else(|| Exit::Usage(format!("--priority {word} is none; give some of P0, P1, P2 and P3")))
    });
    let priorities: Vec<Priority> = priorities.collect::<Result<_, _>>()?;

    let asked = all.into_iter().filter(|scenario| {
        let named = options.only.is_empty() || options.only.iter().any(|word| scenario.is_named(word));
        named && (priorities.is_empty() || priorities.contains(&scenario.priority))
    });
    Ok(asked.collect())
}

/// The part of what was selected that this shard is to run.
fn part<T>(all: Vec<T>, shard: Option<(usize, usize)>) -> Result<Vec<T>, Exit> {
    let (part, parts) = shard.unwrap_or((1, 1));
    let mine: Vec<T> =
        all.into_iter().enumerate().filter(|(turn, _)| turn % parts == part - 1).map(|(_, one)| one).collect();
    // Nothing selected is a mistake, never a success.
    match mine.is_empty() {
        true => Err(Exit::Usage(
            "nothing is selected, so nothing would be tested; widen --only, --priority or --shard".into(),
        )),
        false => Ok(mine),
    }
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let (part, parts) = text.split_once('/').ok_or("give the part and the number of parts, for example 1/4")?;
    match (part.parse(), parts.parse()) {
        (Ok(part), Ok(parts)) if 1 <= part && part <= parts => Ok((part, parts)),
        _ => Err("the part must lie between 1 and the number of parts, for example 1/4".into()),
    }
}
