//! The report for programs.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::Report;
use crate::fidelity::battery::{Finding, Outcome};
use crate::fidelity::reliance::Reliance;

/// The report as one JSON document, with a line break at its end.
pub fn render(report: &Report) -> String {
    let document = json!({
        "summary": report.summary(),
        "left": report.left,
        "right": report.right,
        "began": report.began.to_rfc3339_opts(SecondsFormat::Secs, true),
        "duration_ms": u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
        "operations": report.findings.iter().map(operation).collect::<Vec<_>>(),
        "stale": report.stale,
        "scenarios": report.reliances.iter().map(|reliance| scenario(reliance, &report.findings)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn operation(finding: &Finding) -> Value {
    let (differences, accepted) = match &finding.outcome {
        Outcome::Differ(differences) => (json!(differences), json!([])),
        Outcome::Accepted(entries) => (json!([]), json!(entries)),
        Outcome::Agree | Outcome::Unanswered(_) | Outcome::Unfounded(_) => (json!([]), json!([])),
    };
    let said: Vec<Value> = finding
        .calls
        .iter()
        .filter(|call| call.left.error() != call.right.error())
        .map(|call| json!({"call": call.label, "left": call.left.message(), "right": call.right.message()}))
        .collect();
    json!({
        "name": finding.operation.name,
        "about": finding.operation.about,
        "outcome": finding.outcome.word(),
        "differences": differences,
        "accepted": accepted,
        "reason": finding.outcome.reason(),
        "errors_said": said,
    })
}

fn scenario(reliance: &Reliance, findings: &[Finding]) -> Value {
    let trust = reliance.trust(findings);
    json!({
        "id": reliance.who,
        "trust": trust.word(),
        "because_of": trust.details(),
        "relies_on": reliance.operations,
        "lacking": reliance.lacking,
        "faulted_calls": reliance.faulted,
    })
}
