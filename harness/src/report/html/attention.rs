//! What somebody should look at: each failure with what was required, what came, the calls that led there, and the
//! command that runs it again. Nothing is said of what is well.

use maud::{Markup, html};

use super::{sentence, sequence, tone_of, took};
use crate::observe::journal::Exchange;
use crate::outcome::{Catch, Entry, Outcome, Proof};
use crate::report::{Report, last_calls};
use crate::scenario::Level;
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

/// What is to be said of a scenario that was run and did not pass.
fn trouble(entry: &Entry, report: &Report) -> Option<Markup> {
    let (verdict, found) = match &entry.run.outcome {
        Outcome::Passed | Outcome::NotRun(_) => return None,
        Outcome::Failed(failure) if entry.scenario.level == Level::Required => {
            ("The server does not do what is required", blame(failure))
        }
        Outcome::Failed(failure) => ("Not wrong, but it could be better", blame(failure)),
        Outcome::SetUpFailed(cause) => ("Its starting point could not be had, so nothing is known", because(cause)),
        Outcome::HarnessBroken(cause) => ("The harness did not work; this does not blame the server", because(cause)),
    };
    let scenario = entry.scenario;
    let outcome = &entry.run.outcome;
    let tone = tone_of(outcome, scenario.level);
    Some(html! {
        article .(tone) #(scenario.id) {
            h3 { span.id { (scenario.label()) } " " (scenario.name.replace('_', " ")) " " span .pill .(tone) { (outcome.word()) } }
            p.verdict { (verdict) ". It took " (took(entry.run.took)) "." }
            dl.found {
                div { dt { "Required" } dd { (sentence(scenario.requirement)) } }
                (found)
                div { dt { "Run it again" } dd { code.command { (report.again(scenario.id)) } } }
            }
            (journal(&entry.run.journal))
        }
    })
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

/// What is to be said of a proof that did not end in a catch.
fn unproved(entry: &Entry, proof: &Proof, report: &Report) -> Option<Markup> {
    let (tone, word, verdict) = match &proof.catch {
        Catch::Caught(_) | Catch::NotRun(_) => return None,
        Catch::Missed => ("bad", "missed", "It passes on a server that has this defect".to_owned()),
        Catch::Broken(cause) => ("unknown", "broken", cause.clone()),
    };
    let scenario = entry.scenario;
    Some(html! {
        article .(tone) {
            h3 { span.id { (scenario.id) } " against " (proof.defect) " " span .pill .(tone) { (word) } }
            dl.found {
                div { dt { "Required" } dd { (sentence(scenario.requirement)) } }
                @if let Some(about) = &proof.about { div { dt { "Mistake" } dd { (about) } } }
                div { dt { "Found" } dd { (verdict) } }
                div { dt { "Run it again" } dd { code.command { (report.again(scenario.id)) } } }
            }
        }
    })
}
