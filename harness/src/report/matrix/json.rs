//! The matrix for programs.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::{MatrixReport, why};
use crate::matrix::Row;

/// The matrix as one JSON document, with a line break at its end.
pub fn render(report: &MatrixReport) -> String {
    let matrix = &report.matrix;
    let claims = |claims: Vec<(&str, &str)>| -> Value {
        claims.into_iter().map(|(defect, scenario)| json!({"defect": defect, "scenario": scenario})).collect()
    };
    let left_out = matrix
        .left_out
        .iter()
        .map(|(scenario, outcome)| json!({"id": scenario.id, "outcome": outcome.word(), "reason": why(outcome)}));
    let document = json!({
        "summary": {
            "defects": matrix.rows.len(),
            "scenarios": matrix.scenarios.len(),
            "claims": matrix.claims_tested(),
            "claims_missed": matrix.missed_claims().len(),
            "claims_unclear": matrix.unclear_claims().len(),
        },
        "tier": report.tier.name,
        "tier_image": report.tier.image,
        "target": report.target,
        "seed": report.seed,
        "began": report.began.to_rfc3339_opts(SecondsFormat::Secs, true),
        "duration_ms": u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
        "findings": {
            "left_out": left_out.collect::<Vec<_>>(),
            "claims_missed": claims(matrix.missed_claims()),
            "claims_unclear": claims(matrix.unclear_claims()),
            "caught_by_nobody": matrix.caught_by_nobody(),
            "left_to_their_claimants": matrix.left_to_their_claimants(),
            "catch_only_their_own": matrix.catch_only_their_own(),
            "catch_nothing": matrix.catch_nothing(),
        },
        "matrix": matrix.rows.iter().map(row).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn row(row: &Row) -> Value {
    let unclear: Vec<Value> =
        row.unclear.iter().map(|(id, reason)| json!({"scenario": id, "reason": reason})).collect();
    json!({
        "defect": row.defect,
        "about": row.about,
        "claimed_by": row.claimed_by,
        "caught_by": row.caught_by,
        "unclear": unclear,
    })
}
