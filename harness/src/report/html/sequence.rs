//! The journal as a sequence diagram: a lifeline each for client, server, DynamoDB and the providers, and an arrow
//! for each call and each answer, in the order in which they happened.

use std::time::Duration;

use maud::{Markup, html};

use crate::observe::journal::{Exchange, Party};

/// Lifelines, and where they stand.
const LIFELINES: [(&str, i32); 5] =
    [("client", 130), ("server", 320), ("DynamoDB", 540), ("Tiingo", 740), ("Finnhub", 900)];
const WIDTH: i32 = 980;
/// What the lifelines' names take.
const HEAD: i32 = 40;
/// What an arrow takes, with what stands above it.
const ROW: i32 = 36;
/// How wide a letter is at most, to know what fits.
const LETTER: i32 = 7;

/// One arrow.
struct Arrow<'a> {
    at: Duration,
    exchange: &'a Exchange,
    answer: Option<u16>,
}

/// The calls as inline SVG.
pub(super) fn diagram(exchanges: &[Exchange]) -> Markup {
    let arrows = arrows(exchanges);
    let height = HEAD + ROW * i32::try_from(arrows.len()).unwrap_or(i32::MAX / ROW - 2) + 16;
    html! {
        svg.sequence viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="img"
            aria-label={ (exchanges.len()) " calls between client, server, DynamoDB and providers; told as text below" } {
            @for (name, x) in LIFELINES {
                line.life x1=(x) x2=(x) y1=(HEAD - 8) y2=(height - 4) {}
                text.party x=(x) y="20" text-anchor="middle" { (name) }
            }
            @for (row, arrow) in (0..).zip(&arrows) { (drawn(arrow, HEAD + ROW * row + 26)) }
        }
    }
}

/// Calls and answers apart, by the time of each.
fn arrows(exchanges: &[Exchange]) -> Vec<Arrow<'_>> {
    let calls = exchanges.iter().map(|exchange| Arrow { at: exchange.at, exchange, answer: None });
    let answers = exchanges.iter().filter_map(|exchange| {
        let answer = exchange.answer.as_ref()?;
        Some(Arrow { at: answer.at, exchange, answer: Some(answer.status) })
    });
    let mut arrows: Vec<_> = calls.chain(answers).collect();
    arrows.sort_by_key(|arrow| (arrow.at, arrow.answer.is_some(), arrow.exchange.number));
    arrows
}

fn drawn(arrow: &Arrow<'_>, y: i32) -> Markup {
    let Arrow { at, exchange, answer } = arrow;
    let (caller, callee) = ends(exchange.to);
    let (from, to) = if answer.is_some() { (callee, caller) } else { (caller, callee) };
    let way = (to - from).signum();
    let (class, said) = words(exchange, *answer);
    let tenths = at.as_micros() / 100;
    let left = from.min(to) + 16;
    html! {
        g .(class) {
            title { (exchange) }
            text.at x="8" y=(y + 4) { (tenths / 10) "." (tenths % 10) " ms" }
            line x1=(from + way * 10) x2=(to - way * 2) y1=(y) y2=(y) {}
            path.head d={ "M" (to - way * 2) " " (y) "l" (-way * 8) " -4v8z" } {}
            circle cx=(from) cy=(y) r="9" {}
            text.number x=(from) y=(y + 4) text-anchor="middle" { (exchange.number) }
            text.said x=(left) y=(y - 11) { (shortened(&said, (WIDTH - left) / LETTER)) }
        }
    }
}

/// Where a call comes from, and where it goes.
fn ends(to: Party) -> (i32, i32) {
    let at = |lifeline: usize| LIFELINES[lifeline].1;
    match to {
        Party::Server => (at(0), at(1)),
        Party::DynamoDb => (at(1), at(2)),
        Party::Tiingo => (at(1), at(3)),
        Party::Finnhub => (at(1), at(4)),
    }
}

/// The class of an arrow, and what stands above it.
fn words(exchange: &Exchange, answer: Option<u16>) -> (&'static str, String) {
    let fault = exchange.fault.as_ref().map(|fault| format!(" · fault: {fault}")).unwrap_or_default();
    match answer {
        None if exchange.answer.is_some() => ("call", format!("{} {}", exchange.operation, exchange.subject)),
        None => ("call unanswered", format!("{} {} · no answer yet{fault}", exchange.operation, exchange.subject)),
        Some(0) => ("answer faulty", format!("connection dropped{fault}")),
        Some(status) if fault.is_empty() && status < 400 => ("answer", status.to_string()),
        Some(status) => ("answer faulty", format!("{status}{fault}")),
    }
}

fn shortened(text: &str, most: i32) -> String {
    let most = usize::try_from(most).unwrap_or_default();
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
