//! The report for a browser: one page that loads nothing from elsewhere, and needs no script.
//!
//! Everything that comes from a run is written through `maud`, which escapes it. Only the style sheet is taken as it is.

mod attention;
mod catalogue;
mod sequence;

use std::time::Duration;

use chrono::SecondsFormat;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Report;
use crate::outcome::{Outcome, Summary};

/// The style sheet, which goes into the page.
const STYLE: &str = include_str!("style.css");

/// The report as a page.
pub fn render(report: &Report) -> String {
    let summary = report.summary();
    let headline = headline(&summary);
    let body = html! {
        header {
            p.brand { (candle()) "Candlecheck" }
            h1 .(tone(&summary)) { (headline) }
            p.lead { (lead(report, &summary)) }
            (counts(report, &summary))
            (facts(report))
        }
        main {
            (attention::section(report))
            (catalogue::section(report))
        }
        footer {
            p { "Only “failed” blames the server. “Not run” is never counted as passed." }
        }
    };
    page(&headline, &body)
}

/// A page with this title and body, and the style sheet of all of them.
pub(super) fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                // Without it, a browser asks the server of the page for one.
                link rel="icon" href="data:,";
                title { (title) " · Candlecheck" }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}

fn headline(summary: &Summary) -> String {
    let Summary { failed, proofs_missed, .. } = summary;
    match (summary.exit_code(), failed, proofs_missed) {
        (0, ..) => "All is as it should be".into(),
        (1, 0, missed) => format!("{missed} {} slipped through", plural(*missed, "defect", "defects")),
        (1, failed, _) => format!("{failed} {} failed", plural(*failed, "scenario", "scenarios")),
        (3, ..) => "Nothing ran".into(),
        _ => "The harness broke".into(),
    }
}

fn lead(report: &Report, summary: &Summary) -> &'static str {
    match summary.exit_code() {
        0 if report.proofs => "The server meets these requirements, and each scenario is able to fail.",
        0 => {
            "The server meets these requirements. Proofs were not run, so nothing shows that these scenarios can fail."
        }
        1 => "Below: what was required, what was seen, the calls that led there, and how to run it again.",
        3 => "The target lacks what every selected scenario needs, so the result is inconclusive.",
        _ => "The result is inconclusive. Nothing here blames the server.",
    }
}

/// The class that colours a whole run.
fn tone(summary: &Summary) -> &'static str {
    match summary.exit_code() {
        0 => "good",
        1 => "bad",
        _ => "unknown",
    }
}

fn counts(report: &Report, summary: &Summary) -> Markup {
    let broken = summary.set_up_failed + summary.harness_broken + summary.proofs_broken;
    let cards = [
        ("good", "passed", summary.passed, true),
        ("bad", "failed", summary.failed, true),
        ("unknown", "broken", broken, broken > 0),
        ("idle", "not run", summary.not_run, true),
        ("good", "defects caught", summary.proofs_caught, report.proofs),
        ("bad", "defects missed", summary.proofs_missed, report.proofs),
    ];
    html! {
        dl.counts {
            @for (tone, name, count, _) in cards.iter().filter(|(.., shown)| *shown) {
                div .(tone) .none[*count == 0] { dt { (name) } dd { (count) } }
            }
        }
        div.bar aria-hidden="true" {
            @for entry in &report.entries { i .(tone_of(&entry.run.outcome)) {} }
        }
    }
}

fn facts(report: &Report) -> Markup {
    let tier = &report.tier;
    let image = tier.image.iter().map(|image| ("Image", image.clone()));
    let others = [
        ("DynamoDB up in", tier.up_in()),
        ("Seed", report.seed.to_string()),
        ("Candlecheck", env!("CARGO_PKG_VERSION").into()),
        ("Began", report.began.to_rfc3339_opts(SecondsFormat::Secs, true).replace('T', " ")),
        ("Took", took(report.took)),
    ];
    let facts = [("Server", report.target.clone()), ("DynamoDB", tier.name.clone())].into_iter();
    let proofs = (!report.proofs).then(|| ("Proofs", format!("not run: {}", report.why_no_proofs())));
    html! {
        dl.facts {
            @for (name, fact) in facts.chain(image).chain(others).chain(proofs) { div { dt { (name) } dd { (fact) } } }
        }
    }
}

/// The class of an outcome, and so its colour.
fn tone_of(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "good",
        Outcome::Failed(_) => "bad",
        Outcome::SetUpFailed(_) | Outcome::HarnessBroken(_) => "unknown",
        Outcome::NotRun(_) => "idle",
    }
}

/// A sentence of the catalogue, in which code stands between backticks.
fn sentence(text: &str) -> Markup {
    html! {
        @for (turn, part) in text.split('`').enumerate() {
            @if turn % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A duration as people read it: `312 ms`, `4.7 s`.
pub(super) fn took(took: Duration) -> String {
    match took.as_millis() {
        short @ ..1_000 => format!("{short} ms"),
        long => format!("{}.{} s", long / 1_000, long % 1_000 / 100),
    }
}

fn plural(count: usize, one: &'static str, more: &'static str) -> &'static str {
    if count == 1 { one } else { more }
}

/// The mark: a candle that rises and one that falls.
pub(super) fn candle() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" {
            path.rise d="M7 2v4M7 16v5" {}
            rect.rise x="4" y="6" width="6" height="10" rx="1.5" {}
            path.fall d="M17 4v5M17 17v4" {}
            rect.fall x="14" y="9" width="6" height="8" rx="1.5" {}
        }
    }
}
