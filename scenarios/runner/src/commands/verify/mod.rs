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

pub(crate) use self::target::built;
use self::target::{Chosen, TargetName};
use super::output;
use crate::exit::Exit;
use crate::running_tier::RunningTier;

/// What to run, on what, and how to report.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Run only these scenarios: IDs or category letters, for example A,B3
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    only: Vec<String>,
    /// Run only scenarios of these priorities, for example P0,P1
    #[arg(long, value_delimiter = ',', value_name = "PRIORITIES")]
    priority: Vec<String>,
    /// The server under test: the reference server in this process, or as a binary with one process per instance; a
    /// TOML file describes any other server
    #[arg(long, value_name = "in-process|process|FILE.toml", default_value_t)]
    target: TargetName,
    /// Where its table lives: embedded (in this process), container (DynamoDB Local, needs Docker), aws, or the URL of
    /// another DynamoDB
    #[arg(long, value_name = "TIER", default_value_t)]
    dynamodb: TierChoice,
    /// The table for aws or a URL, which must be marked as a test table; `candlecheck-test` when not given
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Skip the proofs; the result then does not say whether the scenarios can fail
    #[arg(long)]
    no_proofs: bool,
    /// The seed of every random choice, to repeat an earlier run; a fixed one when not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The log level of the servers, `info` when not given; all that they log is searched for secrets
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warn", "info", "debug", "trace"])]
    log: Option<String>,
    /// How many scenarios run side by side; four per processor when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Run only the Kth of N equal parts, for several machines
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Run every selected scenario on every defect, to see which scenario catches which. Takes as long as all scenarios
    /// times the number of defects, so use an idle machine, or --shard for a part of the defects
    #[arg(long, conflicts_with = "no_proofs")]
    matrix: bool,
    /// Restrict the matrix to these defects
    #[arg(long, value_delimiter = ',', value_name = "NAMES", requires = "matrix")]
    defects: Vec<String>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    /// Text for a terminal
    Human,
    /// One JSON document
    Json,
    /// JUnit XML, for a CI server
    Junit,
    /// One page for a browser, complete in itself
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
        specification: scenarios::specification::cited,
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
            return Err(Exit::Usage(format!("unknown scenario `{word}` in --only: `candlecheck list` shows all IDs")));
        }
    }
    let priorities = options.priority.iter().map(|word| {
        Priority::ALL
            .iter()
            .copied()
            .find(|priority| priority.word().eq_ignore_ascii_case(word))
            .ok_or_else(|| Exit::Usage(format!("unknown priority `{word}`: expected P0, P1, P2 or P3")))
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
    // An empty selection is a mistake, never a success.
    match mine.is_empty() {
        true => Err(Exit::Usage(
            "nothing is selected, so nothing would be tested: widen --only, --priority or --shard".into(),
        )),
        false => Ok(mine),
    }
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let (part, parts) = text.split_once('/').ok_or("expected the part and the number of parts, for example 1/4")?;
    match (part.parse(), parts.parse()) {
        (Ok(part), Ok(parts)) if 1 <= part && part <= parts => Ok((part, parts)),
        _ => Err("the part must be between 1 and the number of parts, for example 1/4".into()),
    }
}
