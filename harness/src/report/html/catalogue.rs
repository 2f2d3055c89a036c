//! The catalogue as it was run: a table a category, a row a scenario.

use maud::{Markup, html};

use super::{plural, sentence, tone_of, took};
use crate::outcome::{Catch, Entry, Outcome, Proof};
use crate::report::Report;
use crate::report::terminal::category_name;

pub(super) fn section(report: &Report) -> Markup {
    let categories: Vec<&[Entry]> =
        report.entries.chunk_by(|one, next| one.scenario.category() == next.scenario.category()).collect();
    html! {
        section aria-labelledby="catalogue" {
            h2 #catalogue { "The catalogue" }
            @if categories.len() > 1 {
                nav aria-label="Categories" {
                    ul { @for entries in &categories { li { a href={ "#" (anchor(entries)) } { (name(entries)) } } } }
                }
            }
            @for entries in &categories { (category(entries)) }
        }
    }
}

fn anchor(entries: &[Entry]) -> String {
    format!("category-{}", entries[0].scenario.category())
}

fn name(entries: &[Entry]) -> String {
    let letter = entries[0].scenario.category();
    format!("{letter}. {}", category_name(letter))
}

fn category(entries: &[Entry]) -> Markup {
    let passed = entries.iter().filter(|entry| entry.run.outcome == Outcome::Passed).count();
    html! {
        section aria-labelledby=(anchor(entries)) {
            h3 #(anchor(entries)) { (name(entries)) }
            table {
                caption {
                    (passed) " of " (entries.len()) " " (plural(entries.len(), "scenario", "scenarios")) " passed"
                }
                thead {
                    tr { th scope="col" { "ID" } th scope="col" { "What it shows" } th scope="col" { "Outcome" } th.time scope="col" { "Time" } }
                }
                tbody { @for entry in entries { (row(entry)) } }
            }
        }
    }
}

fn row(entry: &Entry) -> Markup {
    let scenario = entry.scenario;
    let outcome = &entry.run.outcome;
    let linked = !matches!(outcome, Outcome::Passed | Outcome::NotRun(_));
    html! {
        tr {
            th scope="row" {
                @if linked { a href={ "#" (scenario.id) } { (scenario.label()) } } @else { (scenario.label()) }
                small { (scenario.priority.word()) }
            }
            td {
                p.requirement { (sentence(scenario.requirement)) }
                @if let Outcome::NotRun(_) = outcome { p.reason { (outcome.reason().unwrap_or_default()) } }
                (proofs(&entry.proofs))
            }
            td { span .pill .(tone_of(outcome)) { (outcome.word()) } }
            td.time { (took(entry.run.took)) }
        }
    }
}

fn proofs(proofs: &[Proof]) -> Markup {
    let caught = proofs.iter().filter(|proof| matches!(proof.catch, Catch::Caught(_))).count();
    let not_run = proofs.iter().filter(|proof| matches!(proof.catch, Catch::NotRun(_))).count();
    let ran = proofs.len() - not_run;
    html! {
        @if !proofs.is_empty() {
            details.proofs open[caught < ran] {
                summary {
                    "catches " (caught) " of " (ran) " " (plural(ran, "defect", "defects"))
                    @if not_run > 0 { ", " (not_run) " not run" }
                }
                ul { @for proof in proofs { li { (self::proof(proof)) } } }
            }
        }
    }
}

fn proof(proof: &Proof) -> Markup {
    let (tone, word) = match proof.catch {
        Catch::Caught(_) => ("good", "caught"),
        Catch::Missed => ("bad", "missed"),
        Catch::Broken(_) => ("unknown", "broken"),
        Catch::NotRun(_) => ("idle", "not run"),
    };
    html! {
        span .mark .(tone) { (word) } " "
        (proof.about.as_deref().unwrap_or(proof.defect)) " "
        code { (proof.defect) }
        @if let Catch::NotRun(reason) = &proof.catch { " " (reason) }
    }
}
