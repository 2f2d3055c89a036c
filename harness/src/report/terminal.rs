//! The report for people: a line a scenario, everything about a failure, and what it all means.

use std::fmt::Write;

use super::{Report, last_calls};
use crate::observe::journal::Exchange;
use crate::outcome::{Catch, Entry, Outcome, Summary};
use crate::verdict::Failure;

/// The report as text.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &Report, out: &mut String) -> std::fmt::Result {
    let Report { tier, target, seed, entries, .. } = report;
    writeln!(out, "Candlecheck: server {target}, DynamoDB {tier}, seed {seed}")?;
    let mut category = None;
    for entry in entries {
        if category.replace(entry.scenario.category()) != Some(entry.scenario.category()) {
            writeln!(out, "\n{}. {}", entry.scenario.category(), category_name(entry.scenario.category()))?;
        }
        line(entry, report.proofs, out)?;
    }
    for entry in entries {
        details(entry, report, out)?;
    }
    closing(report, &report.summary(), out)
}

fn line(entry: &Entry, proofs: bool, out: &mut String) -> std::fmt::Result {
    let mark = match &entry.run.outcome {
        Outcome::Passed => "ok",
        Outcome::Failed(_) => "FAILED",
        Outcome::SetUpFailed(_) => "SET-UP",
        Outcome::HarnessBroken(_) => "BROKEN",
        Outcome::NotRun(_) => "not run",
    };
    let scenario = entry.scenario;
    write!(out, "  {mark:<7}  {:<4} {:<36} {:>6} ms", scenario.label(), scenario.name, entry.run.took.as_millis())?;
    if proofs && entry.run.outcome == Outcome::Passed {
        let caught = entry.proofs.iter().filter(|proof| matches!(proof.catch, Catch::Caught(_))).count();
        let not_run = entry.proofs.iter().filter(|proof| matches!(proof.catch, Catch::NotRun(_))).count();
        write!(out, "   catches {caught} of {} defects", entry.proofs.len() - not_run)?;
        if not_run > 0 {
            write!(out, ", {not_run} not run")?;
        }
    }
    if let Outcome::NotRun(_) = &entry.run.outcome {
        write!(out, "   {}", entry.run.outcome.reason().unwrap_or_default())?;
    }
    writeln!(out)
}

fn details(entry: &Entry, report: &Report, out: &mut String) -> std::fmt::Result {
    let scenario = entry.scenario;
    match &entry.run.outcome {
        Outcome::Passed | Outcome::NotRun(_) => {}
        Outcome::Failed(failure) => {
            heading(entry, report, "the server does not meet the requirement", out)?;
            blame(failure, out)?;
            if let Some(besides) = &entry.run.besides {
                writeln!(out, "  besides:   {besides}")?;
            }
            journal(&entry.run.journal, out)?;
            again(scenario.id, report, out)?;
        }
        Outcome::SetUpFailed(cause) => {
            heading(entry, report, "set-up failed: preconditions not met, result inconclusive", out)?;
            writeln!(out, "  {cause}")?;
            again(scenario.id, report, out)?;
        }
        Outcome::HarnessBroken(cause) => {
            heading(entry, report, "the harness failed; this does not blame the server", out)?;
            writeln!(out, "  {cause}")?;
            journal(&entry.run.journal, out)?;
            again(scenario.id, report, out)?;
        }
    }
    for proof in &entry.proofs {
        match &proof.catch {
            Catch::Caught(_) => {}
            Catch::Missed => writeln!(
                out,
                "\n{} missed the defect {}: it passes on a server with this defect",
                scenario.id, proof.defect
            )?,
            Catch::NotRun(reason) => writeln!(out, "\n{} was not run against {}: {reason}", scenario.id, proof.defect)?,
            Catch::Broken(cause) => {
                writeln!(out, "\n{} could not be run against {}: {cause}", scenario.id, proof.defect)?
            }
        }
    }
    Ok(())
}

fn heading(entry: &Entry, report: &Report, verdict: &str, out: &mut String) -> std::fmt::Result {
    let scenario = entry.scenario;
    writeln!(out, "\n{} {}: {verdict}", scenario.label(), scenario.name)?;
    writeln!(out, "  required: {}", scenario.requirement)?;
    report.cited(scenario).try_for_each(|cited| writeln!(out, "  specification: {cited}"))
}

fn blame(failure: &Failure, out: &mut String) -> std::fmt::Result {
    let Failure { what, expected, actual } = failure;
    writeln!(out, "  looked at: {what}\n  expected:  {expected}\n  got:       {actual}")
}

fn journal(exchanges: &[Exchange], out: &mut String) -> std::fmt::Result {
    if exchanges.is_empty() {
        return Ok(());
    }
    let (last, all) = (last_calls(exchanges), exchanges.len());
    let left_out = if last.len() < all { format!(", the last {} of {all}", last.len()) } else { String::new() };
    writeln!(out, "  calls on every wire{left_out}:")?;
    last.iter().try_for_each(|exchange| writeln!(out, "    {exchange}"))
}

fn again(id: &str, report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "  run it again: {}", report.again(id))
}

fn closing(report: &Report, summary: &Summary, out: &mut String) -> std::fmt::Result {
    let Summary {
        passed,
        failed,
        set_up_failed,
        harness_broken,
        not_run,
        proofs_caught,
        proofs_missed,
        proofs_broken,
        proofs_not_run,
    } = summary;
    let ran = report.entries.len() - not_run;
    let seconds = report.took.as_secs_f64();
    writeln!(
        out,
        "\n{ran} scenarios ran on DynamoDB {} in {seconds:.1} s: {passed} passed, {failed} failed",
        report.tier
    )?;
    match &report.tier.image {
        Some(image) => writeln!(out, "DynamoDB was up in {}, from image {image}", report.tier.up_in())?,
        None => writeln!(out, "DynamoDB was up in {}", report.tier.up_in())?,
    }
    for (count, words) in [
        (set_up_failed, "failed in set-up: preconditions not met, result inconclusive"),
        (harness_broken, "stopped by a failure of the harness"),
        (not_run, "not run: the target lacks what they need"),
        (proofs_not_run, "proofs not run: the target cannot have those defects"),
    ] {
        if *count > 0 {
            writeln!(out, "{count} {words}")?;
        }
    }
    match report.proofs {
        true => writeln!(
            out,
            "{} proofs ran: {proofs_caught} caught, {proofs_missed} missed, {proofs_broken} broken",
            proofs_caught + proofs_missed + proofs_broken
        )?,
        false => writeln!(
            out,
            "proofs were not run ({}): nothing shows that these scenarios can fail",
            report.why_no_proofs()
        )?,
    }
    writeln!(out, "{}", meaning(summary))
}

fn meaning(summary: &Summary) -> &'static str {
    match summary.exit_code() {
        0 if summary.proofs_caught > 0 => {
            "All is as it should be: the server meets these requirements, and each scenario is able to fail."
        }
        0 => "The server meets these requirements.",
        1 => "Something is wrong: see above what was required, what was seen, and how to run it again.",
        3 => "Nothing ran, so the result is inconclusive: the target lacks what every selected scenario needs.",
        _ => "The result is inconclusive: see above. Nothing here blames the server.",
    }
}

/// A category in words.
pub fn category_name(letter: char) -> &'static str {
    match letter {
        'A' => "Cache keys",
        'B' => "Data integrity",
        'C' => "Timing and TTL",
        'D' => "Races",
        'E' => "Dependency failures",
        'F' => "State",
        'G' => "Edge cases",
        'H' => "Browser",
        'S' => "Security",
        'M' => "Alerting metrics",
        'O' => "Observability",
        'R' => "Regressions",
        _ => "Others",
    }
}
