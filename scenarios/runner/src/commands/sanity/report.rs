//! What a sanity run found out, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use super::checks::{Finding, Outcome};
use super::exchanges::Exchanges;

/// 1 when something is not as it should be.
pub(super) fn exit_code(findings: &[Finding]) -> u8 {
    u8::from(findings.iter().any(|finding| !matches!(finding.outcome, Outcome::Passed)))
}

/// The report as text.
pub(super) fn human(base: &str, exchanges: &Exchanges, findings: &[Finding]) -> String {
    let mut out = format!("Candlecheck sanity: {base}, {}\n\n", exchanges.ticker);
    // Writing into a String cannot fail.
    for (number, exchange) in (1..).zip(&exchanges.all) {
        let (reply, took) = (&exchange.reply, exchange.took.as_millis());
        let (source, age) = (reply.source(), reply.header("x-cache-age"));
        let _ = writeln!(out, "  answer {number}: {} in {took} ms, from {source:?}, age {age:?}", reply.status);
    }
    out.push('\n');
    for Finding { name, requirement, outcome } in findings {
        let _ = writeln!(out, "  {:<7}  {name:<14}  {requirement}", word(outcome));
    }
    for Finding { name, outcome, .. } in findings {
        if let Outcome::Failed(failure) = outcome {
            let harness::Failure { what, expected, actual } = failure;
            let _ = writeln!(out, "\n{name}\n  looked at: {what}\n  expected:  {expected}\n  got:       {actual}");
        }
    }
    let failed = count(findings, "FAILED");
    let _ = match failed {
        0 => writeln!(out, "\nThe deployment does what was looked at. `candlecheck verify` looks at everything."),
        _ => {
            writeln!(out, "\n{failed} of {} checks failed: see above what was expected, and what came.", findings.len())
        }
    };
    out
}

/// The report as one JSON document.
pub(super) fn json(base: &str, exchanges: &Exchanges, findings: &[Finding]) -> String {
    let answers = exchanges.all.iter().map(|exchange| {
        json!({
            "status": exchange.reply.status,
            "source": exchange.reply.source(),
            "age": exchange.reply.header("x-cache-age"),
            "key": exchange.reply.cache_key(),
            "duration_ms": u64::try_from(exchange.took.as_millis()).unwrap_or(u64::MAX),
        })
    });
    let checks = findings.iter().map(|Finding { name, requirement, outcome }| {
        let failure = match outcome {
            Outcome::Failed(failure) => {
                json!({"what": failure.what, "expected": failure.expected, "actual": failure.actual})
            }
            _ => Value::Null,
        };
        json!({"name": name, "requirement": requirement, "outcome": word(outcome).to_lowercase(), "failure": failure})
    });
    let document = json!({
        "url": base,
        "ticker": exchanges.ticker,
        "summary": {
            "passed": count(findings, "ok"), "failed": count(findings, "FAILED"), "not_run": count(findings, "not run"),
        },
        "duration_ms": u64::try_from(exchanges.took.as_millis()).unwrap_or(u64::MAX),
        "answers": answers.collect::<Vec<_>>(),
        "checks": checks.collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "ok",
        Outcome::Failed(_) => "FAILED",
        Outcome::NotRun => "not run",
    }
}

fn count(findings: &[Finding], of: &str) -> usize {
    findings.iter().filter(|finding| word(&finding.outcome) == of).count()
}
