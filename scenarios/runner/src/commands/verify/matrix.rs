//! `candlecheck verify --matrix`.

use std::time::Instant;

use candlecheck::defects::Defect;
use candlecheck::reference::Reference;
use candlecheck::{SEED, jobs};
use harness::matrix::Plan;
use harness::report::Countdown;
use harness::report::matrix::{self, MatrixReport};
use ohlc_server::clock::{Clock, SystemClock};

use super::{Format, Options, TargetName, part, selection};
use crate::commands::output;
use crate::exit::Exit;
use crate::running_tier::RunningTier;

/// Holds every defect against every selected scenario, and reports; the exit code says whether the claims hold.
pub(super) fn matrix(options: &Options) -> Result<u8, Exit> {
    let render = match options.format {
        Format::Human => matrix::terminal,
        Format::Json => matrix::json,
        Format::Html => matrix::html,
        Format::Junit => {
            return Err(Exit::Usage("JUnit XML cannot hold a matrix: use --format human, json or html".into()));
        }
    };
    if options.target != TargetName::InProcess {
        let target = &options.target;
        return Err(Exit::Usage(format!(
            "a matrix needs a target that can have every defect, which is in-process alone: leave out --target {target}"
        )));
    }
    output::check(options.out.as_deref())?;
    let scenarios = part(selection(options)?, None)?;
    let defects = part(defects(&options.defects)?, options.shard)?;
    let tier = RunningTier::start(&options.dynamodb, options.table.as_deref())?;
    let plan = Plan {
        scenarios,
        defects,
        target: Reference::healthy(),
        tier: tier.shared(),
        seed: options.seed.unwrap_or(SEED),
        jobs: options.jobs.map_or_else(jobs, usize::from),
    };
    tier.announce(plan.runs());
    let (began, started) = (SystemClock.now(), Instant::now());
    let countdown = Countdown::from(plan.runs());
    let matrix = plan.run(|| countdown.one_done());
    drop(countdown);
    let left_clean = tier.end();
    let report = MatrixReport {
        tier: plan.tier.facts().clone(),
        target: plan.target.name(),
        seed: plan.seed,
        matrix,
        began,
        took: started.elapsed(),
    };
    output::write(&render(&report), options.out.as_deref())?;
    left_clean?;
    Ok(report.matrix.exit_code())
}

/// The defects of these names; all of them, when none is named.
fn defects(names: &[String]) -> Result<Vec<&'static str>, Exit> {
    let all: Vec<&'static str> = Defect::all().into_iter().map(|defect| defect.name).collect();
    if let Some(unknown) = names.iter().find(|name| !all.contains(&name.as_str())) {
        let advice = "`candlecheck list` shows which defects scenarios catch";
        return Err(Exit::Usage(format!("unknown defect `{unknown}` in --defects: {advice}")));
    }
    Ok(all.into_iter().filter(|defect| names.is_empty() || names.iter().any(|name| name == defect)).collect())
}
