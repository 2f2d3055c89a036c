//! The report for programs.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::Report;
use crate::outcome::{Catch, Entry, Outcome, Proof};
use crate::scenario::Citation;
use crate::verdict::Failure;

/// The report as one JSON document, with a line break at its end.
pub fn render(report: &Report) -> String {
    let document = json!({
        "summary": report.summary(),
        "tier": report.tier.name,
        "tier_image": report.tier.image,
        "tier_start_up_us": u64::try_from(report.tier.start_up.as_micros()).unwrap_or(u64::MAX),
        "target": report.target,
        "seed": report.seed,
        "began": report.began.to_rfc3339_opts(SecondsFormat::Secs, true),
        "duration_ms": milliseconds(report.took),
        "no_proofs": (!report.proofs).then(|| report.why_no_proofs()),
        "scenarios": report.entries.iter().map(|entry| self::entry(entry, report)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn entry(entry: &Entry, report: &Report) -> Value {
    let scenario = entry.scenario;
    let failed = match &entry.run.outcome {
        Outcome::Failed(failure) => self::failure(failure),
        _ => Value::Null,
    };
    json!({
        "id": scenario.id,
        "name": scenario.name,
        "category": scenario.category(),
        "priority": scenario.priority.word(),
        "requirement": scenario.requirement,
        "specification": report.cited(scenario).zip(scenario.from).map(citation).collect::<Vec<_>>(),
        "outcome": entry.run.outcome.word(),
        "duration_ms": milliseconds(entry.run.took),
        "failure": failed,
        "besides": entry.run.besides.as_ref().map(failure),
        "reason": entry.run.outcome.reason(),
        "proofs": entry.proofs.iter().map(proof).collect::<Vec<_>>(),
    })
}

fn citation((cited, anchor): (Citation, &&str)) -> Value {
    json!({"anchor": anchor, "heading": cited.heading, "sentence": cited.sentence})
}

fn proof(proof: &Proof) -> Value {
    let (caught, by, reason) = match &proof.catch {
        Catch::Caught(failure) => (json!(true), self::failure(failure), Value::Null),
        Catch::Missed => (json!(false), Value::Null, Value::Null),
        Catch::Broken(cause) => (json!(false), Value::Null, json!(cause)),
        // Neither caught nor missed.
        Catch::NotRun(reason) => (Value::Null, Value::Null, json!(reason)),
    };
    json!({
        "defect": proof.defect,
        "about": proof.about,
        "caught": caught,
        "by": by,
        "reason": reason,
        "duration_ms": milliseconds(proof.took),
    })
}

fn failure(failure: &Failure) -> Value {
    let Failure { what, expected, actual } = failure;
    json!({"what": what, "expected": expected, "actual": actual})
}

fn milliseconds(took: std::time::Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
