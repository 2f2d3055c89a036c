//! The report for people: what differs first, then each scenario, then the counts.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Report, Summary};
use crate::fidelity::accepted::Verdict;
use crate::fidelity::battery::{Finding, Outcome};
use crate::fidelity::compare::Difference;
use crate::fidelity::reliance::Trust;

/// The report as text.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Candlecheck: how far {} stands for {}", report.left.name, report.right.name)?;
    writeln!(out, "  left:  {}\n  right: {}", report.left.description, report.right.description)?;
    for finding in &report.findings {
        match &finding.outcome {
            Outcome::Differ(differences) => differ(finding, differences, report, out)?,
            Outcome::Unanswered(reason) | Outcome::Unfounded(reason) => {
                heading("indeterminate", finding, out)?;
                writeln!(out, "  {reason}")?;
            }
            Outcome::Agree | Outcome::Accepted(_) => {}
        }
    }
    accepted(report, out)?;
    for entry in &report.stale {
        writeln!(out, "\nACCEPTED, BUT GONE  {}: {} no longer differs so", entry.operation, entry.at)?;
    }
    scenarios(report, out)?;
    closing(report, &report.summary(), out)
}

fn heading(word: &str, finding: &Finding, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n{word}  {}: {}", finding.operation.name, finding.operation.about)
}

fn differ(finding: &Finding, differences: &[Difference], report: &Report, out: &mut String) -> std::fmt::Result {
    heading("DIFFER", finding, out)?;
    for Difference { at, kind, left, right } in differences {
        writeln!(out, "  {at} ({})", kind.word())?;
        writeln!(out, "    {}: {left}\n    {}: {right}", report.left.name, report.right.name)?;
    }
    for call in finding.calls.iter().filter(|call| call.left.error() != call.right.error()) {
        for (side, answer) in [(&report.left.name, &call.left), (&report.right.name, &call.right)] {
            if let Some(message) = answer.message() {
                writeln!(out, "  {} says on {side}: {message}", call.label)?;
            }
        }
    }
    Ok(())
}

fn accepted(report: &Report, out: &mut String) -> std::fmt::Result {
    let accepted = report.findings.iter().filter_map(|finding| match &finding.outcome {
        Outcome::Accepted(entries) => Some((finding, entries)),
        _ => None,
    });
    for (finding, entries) in accepted {
        heading("accepted", finding, out)?;
        let mut told = BTreeMap::<&Verdict, Vec<&str>>::new();
        for entry in entries {
            told.entry(&entry.verdict).or_default().push(&entry.at);
        }
        for (verdict, places) in told {
            let (word, reason) = match verdict {
                Verdict::Why(why) => ("", why),
                Verdict::Mind(mind) => ("mind: ", mind),
            };
            writeln!(out, "  {}\n    {word}{reason}", places.join("; "))?;
        }
    }
    Ok(())
}

fn scenarios(report: &Report, out: &mut String) -> std::fmt::Result {
    let mut trusted = Vec::new();
    writeln!(out, "\nScenarios whose results on {} say the same of {}, or not:", report.left.name, report.right.name)?;
    for reliance in &report.reliances {
        let trust = reliance.trust(&report.findings);
        if trust == Trust::Trusted {
            trusted.push(reliance.who.as_str());
            continue;
        }
        writeln!(out, "  {}: {} {}", reliance.who, trust.word(), trust.details().join(", "))?;
    }
    writeln!(out, "  trusted: {}", if trusted.is_empty() { "none".into() } else { trusted.join(" ") })?;
    let faulted = report.reliances.iter().filter(|reliance| reliance.faulted > 0).count();
    writeln!(out, "  {faulted} of them also rely on what the fault proxy answers or delays in DynamoDB's place")
}

fn closing(report: &Report, summary: &Summary, out: &mut String) -> std::fmt::Result {
    let Summary { operations, agree, accepted, differ, indeterminate, stale, .. } = summary;
    writeln!(
        out,
        "\n{operations} operations in {:.1} s: {agree} agree, {accepted} accepted, {differ} differ, \
         {indeterminate} indeterminate; {stale} accepted differences gone",
        report.took.as_secs_f64()
    )?;
    let Summary { scenarios_trusted, scenarios_minding, scenarios_differing, .. } = summary;
    let Summary { scenarios_untested, scenarios_unknown, .. } = summary;
    writeln!(
        out,
        "the lab and {} scenarios: {scenarios_trusted} trusted, {scenarios_minding} trusted when something is minded, \
         {scenarios_differing} that differ, {scenarios_untested} untested, {scenarios_unknown} unknown",
        report.reliances.len().saturating_sub(1)
    )?;
    writeln!(out, "{}", report.meaning())
}
