//! What must hold of the answers of a deployment.

use std::time::Duration;

use harness::{Failure, Stop, Verdict, expect};
use serde_json::Value;

use super::exchanges::{Exchange, Exchanges, RANGE, REQUESTS};

/// One thing that must hold.
struct Check {
    name: &'static str,
    requirement: &'static str,
    look: fn(&Exchanges) -> Verdict,
}

/// What came of a check.
pub(super) struct Finding {
    pub(super) name: &'static str,
    pub(super) requirement: &'static str,
    pub(super) outcome: Outcome,
}

pub(super) enum Outcome {
    Passed,
    Failed(Failure),
    /// Without answers there is nothing to look at.
    NotRun,
}

/// The first one is what the others stand on.
const CHECKS: [Check; 12] = [
    Check { name: "answers", requirement: "Every request is answered with 200", look: answers },
    Check { name: "X-Cache-Source", requirement: "It names the layer or the provider", look: source },
    Check { name: "X-Cache-Age", requirement: "It is whole seconds, 0 when fresh", look: age },
    Check { name: "X-Cache-Key", requirement: "It is the key of this request, each time", look: key },
    Check { name: "X-Request-Id", requirement: "It is the one that the request carried", look: request_id },
    Check { name: "Cache-Control", requirement: "It is no-store", look: cache_control },
    Check { name: "fields", requirement: "The body has every field of the contract, of its type", look: fields },
    Check { name: "candles", requirement: "They are whole, ascend, and lie inside the window", look: candles },
    Check { name: "fresh", requirement: "No answer is stale", look: fresh },
    Check { name: "cached", requirement: "From the second answer on, a cache has it", look: cached },
    Check { name: "same candles", requirement: "All answers have the same candles, byte by byte", look: same },
    Check { name: "ages", requirement: "They grow with the clock, and start again only with a fetch", look: ages },
];

/// Holds the answers to every check.
pub(super) fn held_to(exchanges: &Exchanges) -> Vec<Finding> {
    let mut answered = true;
    let found = CHECKS.iter().map(|Check { name, requirement, look }| {
        let outcome = match answered.then(|| look(exchanges)) {
            None => Outcome::NotRun,
            Some(Ok(())) => Outcome::Passed,
            Some(Err(Stop::Failed(failure))) => Outcome::Failed(failure),
            Some(Err(stop)) => {
                let (what, expected) = ((*name).to_owned(), "a check that can be made".to_owned());
                Outcome::Failed(Failure { what, expected, actual: format!("{stop:?}") })
            }
        };
        answered &= *name != CHECKS[0].name || matches!(outcome, Outcome::Passed);
        Finding { name, requirement, outcome }
    });
    found.collect()
}

/// Holds each answer to the same.
fn each(exchanges: &Exchanges, judge: impl Fn(&str, &Exchange) -> Verdict) -> Verdict {
    let mut numbered = (1..).zip(&exchanges.all);
    numbered.try_for_each(|(number, exchange)| judge(&format!("answer {number}"), exchange))
}

fn answers(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, Exchange { reply, .. }| {
        let what = match reply.field("error").as_str() {
            Some(said) => format!("the status of {answer}, which says {said:?}"),
            None => format!("the status of {answer}"),
        };
        match reply.status {
            200 => Ok(()),
            401 | 403 => {
                expect(format!("{what}: is the token in CANDLECHECK_TOKEN the right one?"), reply.status).is(200)
            }
            status => expect(what, status).is(200),
        }
    })?;
    match &exchanges.silence {
        None => expect("answers", exchanges.all.len()).is(REQUESTS),
        Some(cause) => {
            let (what, expected) = ("answers".to_owned(), REQUESTS.to_string());
            Err(Stop::Failed(Failure { what, expected, actual: format!("{}: {cause}", exchanges.all.len()) }))
        }
    }
}

fn source(exchanges: &Exchanges) -> Verdict {
    let known = ["in-memory", "dynamodb", "tiingo", "finnhub", "stale"];
    each(exchanges, |answer, Exchange { reply, .. }| {
        expect(format!("X-Cache-Source of {answer}"), reply.source())
            .holds(format!("one of {}", known.join(", ")), |source| known.contains(source))
    })
}

fn age(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, exchange| {
        let seconds = age_of(exchange);
        let what = format!("X-Cache-Age of {answer}, {:?}", exchange.reply.header("x-cache-age"));
        expect(&what, seconds).holds("whole seconds", Option::is_some)?;
        match exchange.reply.source() {
            "tiingo" | "finnhub" => expect(format!("{what}, which is fresh"), seconds).is(Some(0)),
            _ => Ok(()),
        }
    })
}

fn key(exchanges: &Exchanges) -> Verdict {
    let ticker = &exchanges.ticker;
    each(exchanges, |answer, Exchange { reply, .. }| {
        let end = reply.field("end_date").as_str().unwrap_or("its end_date").to_owned();
        expect(format!("X-Cache-Key of {answer}"), reply.cache_key())
            .is(format!("ohlc:{ticker}:D:{RANGE}:{end}").as_str())
    })
}

fn request_id(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, Exchange { reply, request_id, .. }| {
        expect(format!("X-Request-Id of {answer}"), reply.header("x-request-id")).is(request_id.as_str())
    })
}

fn cache_control(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, Exchange { reply, .. }| {
        expect(format!("Cache-Control of {answer}"), reply.header("cache-control")).is("no-store")
    })
}

fn fields(exchanges: &Exchanges) -> Verdict {
    let text: fn(&Value) -> bool = Value::is_string;
    let truth: fn(&Value) -> bool = Value::is_boolean;
    let fields = [
        ("ticker", "a string", text),
        ("time_range", "a string", text),
        ("resolution", "a string", text),
        ("resolution_fallback", "true or false", truth),
        ("fallback_message", "null or a string", |value| value.is_null() || value.is_string()),
        ("start_date", "a date", |value| date(value).is_some()),
        ("end_date", "a date", |value| date(value).is_some()),
        ("count", "a whole number", Value::is_u64),
        ("source", "tiingo or finnhub", |value| ["tiingo", "finnhub"].map(Value::from).contains(value)),
        ("cache_expires_at", "an instant in UTC", |value| {
            value.as_str().is_some_and(|text| text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok())
        }),
        ("stale", "true or false", truth),
        ("candles", "a list", Value::is_array),
    ];
    each(exchanges, |answer, Exchange { reply, .. }| {
        let body: Value = serde_json::from_str(&reply.text).unwrap_or_default();
        for (name, kind, is_right) in fields {
            let value = body.get(name).map(shortened);
            let there = body.get(name).is_some_and(is_right);
            expect(format!("`{name}` of {answer}"), value).holds(kind, |_| there)?;
        }
        expect(format!("the ticker of {answer}"), reply.field("ticker")).is(exchanges.ticker.as_str())?;
        expect(format!("the resolution of {answer}"), reply.field("resolution")).is("D")?;
        expect(format!("the range of {answer}"), reply.field("time_range")).is(RANGE)
    })
}

fn candles(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, Exchange { reply, .. }| {
        let candles = reply.candles()?;
        expect(format!("the candles of {answer}"), candles.len()).is_not(0)?;
        expect(format!("the count of {answer}"), reply.field("count")).is(candles.len())?;
        let (start, end) = (reply.field("start_date"), reply.field("end_date"));
        let window = start.as_str().unwrap_or_default()..=end.as_str().unwrap_or_default();
        let times: Vec<&str> = candles.iter().map(|candle| candle.time.as_str()).collect();
        expect(format!("the days of {answer}"), &times)
            .holds("ascending ones", |times| times.windows(2).all(|two| two[0] < two[1]))?;
        let outside = times.iter().find(|time| !window.contains(*time));
        expect(format!("a day of {answer} outside {window:?}"), outside).is(None)?;
        let odd = candles
            .iter()
            .find(|candle| candle.low > candle.open.min(candle.close) || candle.high < candle.open.max(candle.close));
        expect(format!("a candle of {answer} with its open or close outside low and high"), odd).is(None)
    })
}

fn fresh(exchanges: &Exchanges) -> Verdict {
    each(exchanges, |answer, Exchange { reply, .. }| {
        let stale = reply.source() == "stale" || reply.field("stale") == true;
        expect(format!("{answer} being stale, so that the providers or the table are in trouble"), stale).is(false)
    })
}

fn cached(exchanges: &Exchanges) -> Verdict {
    for (number, Exchange { reply, .. }) in (1..).zip(&exchanges.all).skip(1) {
        expect(format!("X-Cache-Source of answer {number}"), reply.source())
            .holds("in-memory or dynamodb", |source| ["in-memory", "dynamodb"].contains(source))?;
    }
    Ok(())
}

fn same(exchanges: &Exchanges) -> Verdict {
    let Some(first) = exchanges.all.first() else { return Ok(()) };
    let first = first.reply.candles_text()?;
    each(exchanges, |answer, Exchange { reply, .. }| {
        expect(format!("the bytes of candles in {answer}, compared with the first"), reply.candles_text()?).is(first)
    })
}

/// Between two cached answers the age grows by the time that has passed; else they come from different fetches.
fn ages(exchanges: &Exchanges) -> Verdict {
    for (number, two) in (2..).zip(exchanges.all.windows(2)) {
        let (before, after) = (&two[0], &two[1]);
        let (Some(earlier), Some(later)) = (age_of(before), age_of(after)) else { continue };
        if ["tiingo", "finnhub"].contains(&after.reply.source()) {
            continue;
        }
        let passed = (after.at.saturating_sub(before.at) + Duration::from_secs(1)).as_secs() + 1;
        expect(format!("X-Cache-Age of answer {number}, after {earlier} in the one before"), later)
            .holds(format!("{earlier} to {}", earlier + passed), |later| {
                (earlier..=earlier + passed).contains(later)
            })?;
    }
    Ok(())
}

fn age_of(exchange: &Exchange) -> Option<u64> {
    let text = exchange.reply.header("x-cache-age");
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn date(value: &Value) -> Option<chrono::NaiveDate> {
    value.as_str()?.parse().ok()
}

/// A value for a failure that must fit a screen.
fn shortened(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}
