//! What needs attention: each failure with the requirement, the specification, what was seen, the calls that led there,
//! and the command that runs it again. What passed is not mentioned.

use maud::{Markup, html};

use super::{sentence, sequence, tone_of, took};
use crate::observe::journal::Exchange;
use crate::outcome::{Catch, Entry, Outcome, Proof};
use crate::report::{Report, last_calls};
use crate::scenario::Scenario;
use crate::verdict::Failure;

pub(super) fn section(report: &Report) -> Markup {
    let troubled: Vec<Markup> = report.entries.iter().filter_map(|entry| trouble(entry, report)).collect();
    let unproven = report.entries.iter().flat_map(|entry| entry.proofs.iter().map(move |proof| (entry, proof)));
    let unproven: Vec<Markup> = unproven.filter_map(|(entry, proof)| unproved(entry, proof, report)).collect();
    html! {
        @if !troubled.is_empty() || !unproven.is_empty() {
            section aria-labelledby="attention" {
                h2 #attention { "What needs attention" }
                @for article in troubled.iter().chain(&unproven) { (article) }
            }
        }
    }
}

/// A scenario that ran and did not pass.
fn trouble(entry: &Entry, report: &Report) -> Option<Markup> {
    let (verdict, found) = match &entry.run.outcome {
        Outcome::Passed | Outcome::NotRun(_) => return None,
        Outcome::Failed(failure) => ("The server does not meet the requirement", blame(failure)),
        Outcome::SetUpFailed(cause) => ("Set-up failed: preconditions not met, result inconclusive", because(cause)),
        Outcome::HarnessBroken(cause) => ("The harness failed; this does not blame the server", because(cause)),
    };
    let scenario = entry.scenario;
    let outcome = &entry.run.outcome;
    let tone = tone_of(outcome);
    Some(html! {
        article .(tone) #(scenario.id) {
            h3 { span.id { (scenario.label()) } " " (scenario.name.replace('_', " ")) " " span .pill .(tone) { (outcome.word()) } }
            p.verdict { (verdict) ". It took " (took(entry.run.took)) "." }
            dl.found {
                (required(scenario, report))
                (found)
                @if let Some(besides) = &entry.run.besides {
                    div { dt { "Besides" } dd { code.actual { (besides) } } }
                }
                div { dt { "Run it again" } dd { code.command { (report.again(scenario.id)) } } }
            }
            (journal(&entry.run.journal))
        }
    })
}

/// What must hold, and the sentences of the specification that demand it.
fn required(scenario: &Scenario, report: &Report) -> Markup {
    html! {
        div { dt { "Required" } dd { (sentence(scenario.requirement)) } }
        @for cited in report.cited(scenario) {
            div {
                dt { "Specification" }
                dd { (cited.document) ", " (cited.heading) ": “" (sentence(&cited.sentence)) "”" }
            }
        }
    }
}

fn blame(failure: &Failure) -> Markup {
    let Failure { what, expected, actual } = failure;
    html! {
        div { dt { "Looked at" } dd { (what) } }
        div { dt { "Expected" } dd { code.expected { (expected) } } }
        div { dt { "Got" } dd { code.actual { (actual) } } }
    }
}

fn because(cause: &str) -> Markup {
    html! { div { dt { "Because" } dd { code.actual { (cause) } } } }
}

fn journal(exchanges: &[Exchange]) -> Markup {
    let last = last_calls(exchanges);
    html! {
        @if !last.is_empty() {
            h4 {
                "Calls on every wire"
                @if last.len() < exchanges.len() { ", the last " (last.len()) " of " (exchanges.len()) }
            }
            div.scroll tabindex="0" role="group" aria-label="Sequence diagram" { (sequence::diagram(last)) }
            details {
                summary { "The same as text" }
                pre tabindex="0" { @for exchange in last { (exchange) "\n" } }
            }
        }
    }
}

/// A proof that caught nothing.
fn unproved(entry: &Entry, proof: &Proof, report: &Report) -> Option<Markup> {
    let (tone, word, verdict) = match &proof.catch {
        Catch::Caught(_) | Catch::NotRun(_) => return None,
        Catch::Missed => ("bad", "missed", "It passes on a server with this defect".to_owned()),
        Catch::Broken(cause) => ("unknown", "broken", cause.clone()),
    };
    let scenario = entry.scenario;
    Some(html! {
        article .(tone) {
            h3 { span.id { (scenario.id) } " against " (proof.defect) " " span .pill .(tone) { (word) } }
            dl.found {
                (required(scenario, report))
                @if let Some(about) = &proof.about { div { dt { "Mistake" } dd { (about) } } }
                div { dt { "Found" } dd { (verdict) } }
                div { dt { "Run it again" } dd { code.command { (report.again(scenario.id)) } } }
            }
        }
    })
}
