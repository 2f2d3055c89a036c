//! `sanity`: a deployment that does what it should passes, and each thing that it does not is found.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::binary::{Binary, Ended};

/// The checks, in the order of the report.
const CHECKS: [&str; 12] = [
    "answers",
    "X-Cache-Source",
    "X-Cache-Age",
    "X-Cache-Key",
    "X-Request-Id",
    "Cache-Control",
    "fields",
    "candles",
    "fresh",
    "cached",
    "same candles",
    "ages",
];

/// An answer, about to be broken.
struct Answer {
    /// Which of the five it is.
    number: usize,
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Value,
}

impl Answer {
    /// As a server gives it that does what it should.
    fn healthy(number: usize, request: &Request) -> Self {
        let id = request.headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
        let headers = vec![
            ("X-Cache-Source", if number == 1 { "tiingo" } else { "in-memory" }.to_owned()),
            ("X-Cache-Age", "0".to_owned()),
            ("X-Cache-Key", "ohlc:AAPL:D:1M:2026-02-03".to_owned()),
            ("X-Request-Id", id.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        let candle = |date| json!({"date": date, "open": 2, "high": 4, "low": 1, "close": 3, "volume": 7});
        let body = json!({
            "ticker": "AAPL", "time_range": "1M", "resolution": "D", "resolution_fallback": false,
            "fallback_message": null, "start_date": "2026-01-04", "end_date": "2026-02-03", "count": 2,
            "source": "tiingo", "cache_expires_at": "2026-02-04T14:30:00Z", "stale": false,
            "candles": [candle("2026-02-02"), candle("2026-02-03")],
        });
        Self { number, status: 200, headers, body }
    }

    fn set(&mut self, name: &str, value: &str) {
        let header = self.headers.iter_mut().find(|(known, _)| *known == name);
        value.clone_into(&mut header.unwrap().1);
    }
}

/// Runs the command against a server whose answers are broken in this way.
fn sanity(break_it: impl Fn(&mut Answer) + Send + Sync + 'static) -> Ended {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        let (server, count) = (MockServer::start().await, AtomicUsize::default());
        let answer = move |request: &Request| {
            let mut answer = Answer::healthy(count.fetch_add(1, Ordering::Relaxed) + 1, request);
            break_it(&mut answer);
            let reply = ResponseTemplate::new(answer.status).set_body_json(&answer.body);
            answer.headers.iter().fold(reply, |reply, (name, value)| reply.append_header(*name, value.as_str()))
        };
        let asked = Mock::given(method("GET")).and(path("/base/api/v2/tickers/AAPL/ohlc"));
        let asked = asked.and(query_param("range", "1M")).and(header("authorization", "Bearer a-token"));
        asked.respond_with(answer).mount(&server).await;
        server
    });
    let url = format!("{}/base/", server.uri());
    let ended = against(&url, &["--format", "json"], &[("CANDLECHECK_TOKEN", "a-token")]);
    let sent = runtime.block_on(server.received_requests()).unwrap_or_default();
    assert!(sent.len() <= 5, "{} requests were sent", sent.len());
    assert!(sent.iter().all(|request| request.method.as_str() == "GET"), "something else than reading: {sent:?}");
    ended
}

fn against(url: &str, more: &[&str], variables: &[(&str, &str)]) -> Ended {
    Binary::start(&[&["sanity", url], more].concat(), variables).ends()
}

/// The checks that ended so.
fn ended_so(run: &Ended, outcome: &str) -> Vec<String> {
    let report = run.json();
    let checks = report["checks"].as_array().unwrap().iter().filter(|check| check["outcome"] == outcome);
    checks.map(|check| check["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_deployment_that_does_what_it_should_passes_every_check() {
    let run = sanity(|_| {});
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(ended_so(&run, "ok"), CHECKS);
    assert!(run.stderr.contains("5 requests go to") && run.stderr.contains("they only read"), "{run:?}");
    assert!(!format!("{run:?}").contains("a-token"), "the token is told: {run:?}");
}

#[test]
fn the_reference_server_passes_every_check() {
    let server = Binary::start(&["serve", "--port", "0"], &[]);
    let url = format!("http://{}", server.address());
    let run = against(&url, &[], &[("CANDLECHECK_TOKEN", "test-token")]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in ["answer 1: 200", "from \"tiingo\"", "from \"in-memory\"", "The deployment does what was looked at"] {
        assert!(run.stdout.contains(words), "no {words:?} in {}", run.stdout);
    }
    let refused = against(&url, &[], &[("CANDLECHECK_TOKEN", "guessed")]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stdout.contains("is the token in CANDLECHECK_TOKEN the right one?"), "{refused:?}");
}

/// The check that must find it, and what is wrong.
type Breakage = (&'static str, fn(&mut Answer));

#[test]
fn each_rule_that_a_deployment_breaks_is_found_by_its_check() {
    let breakages: [Breakage; 33] = [
        ("answers", |answer| answer.status = 503),
        ("answers", |answer| answer.status = if answer.number == 4 { 500 } else { 200 }),
        ("X-Cache-Source", |answer| answer.set("X-Cache-Source", "HIT")),
        ("X-Cache-Source", |answer| answer.headers.retain(|(name, _)| *name != "X-Cache-Source")),
        ("X-Cache-Age", |answer| answer.set("X-Cache-Age", "0.5")),
        ("X-Cache-Age", |answer| answer.headers.retain(|(name, _)| *name != "X-Cache-Age")),
        ("X-Cache-Age", |answer| answer.set("X-Cache-Age", "7")),
        ("X-Cache-Key", |answer| answer.set("X-Cache-Key", "ohlc:AAPL:D:1M")),
        ("X-Cache-Key", |answer| answer.headers.retain(|(name, _)| *name != "X-Cache-Key")),
        ("X-Request-Id", |answer| answer.set("X-Request-Id", "one-of-ours")),
        ("Cache-Control", |answer| answer.set("Cache-Control", "max-age=60")),
        ("fields", |answer| answer.body["ticker"] = "MSFT".into()),
        ("fields", |answer| answer.body["time_range"] = "1W".into()),
        ("fields", |answer| answer.body["resolution"] = "5".into()),
        ("fields", |answer| answer.body["resolution_fallback"] = Value::Null),
        ("fields", |answer| answer.body["fallback_message"] = 1.into()),
        ("fields", |answer| answer.body["start_date"] = "yesterday".into()),
        ("fields", |answer| answer.body["count"] = "2".into()),
        ("fields", |answer| answer.body["source"] = "memory".into()),
        ("fields", |answer| answer.body["cache_expires_at"] = "2026-02-04T14:30:00".into()),
        ("fields", |answer| answer.body["stale"] = 0.into()),
        ("fields", |answer| answer.body["candles"] = json!({})),
        ("candles", |answer| answer.body["count"] = 3.into()),
        ("candles", |answer| answer.body["candles"][0]["open"] = "2".into()),
        ("candles", |answer| answer.body["candles"][0]["volume"] = Value::Null),
        ("candles", |answer| answer.body["candles"][0]["low"] = 3.into()),
        ("candles", |answer| answer.body["candles"][0]["date"] = "2026-02-04".into()),
        ("candles", |answer| answer.body["start_date"] = "2026-02-03".into()),
        ("candles", |answer| answer.body["candles"] = json!([])),
        ("fresh", |answer| answer.body["stale"] = true.into()),
        ("cached", |answer| answer.set("X-Cache-Source", "tiingo")),
        ("same candles", |answer| {
            if answer.number == 3 {
                answer.body["candles"][1]["volume"] = 8.into();
            }
        }),
        ("ages", |answer| answer.set("X-Cache-Age", ["0", "50", "50", "20", "20"][answer.number - 1])),
    ];
    for (turn, (check, break_it)) in breakages.into_iter().enumerate() {
        let run = sanity(break_it);
        let failed = ended_so(&run, "failed");
        assert_eq!(run.code, Some(1), "breakage {turn}: {run:?}");
        assert!(failed.iter().any(|name| name == check), "breakage {turn} of {check} is not found: {run:?}");
        let others: Vec<&String> = failed.iter().filter(|name| *name != check).collect();
        // What is no answer at all cannot be looked at; candles that are none are not whole either.
        let may_follow = ["candles", "same candles", "X-Cache-Key", "cached"];
        assert!(others.iter().all(|name| may_follow.contains(&name.as_str())), "breakage {turn}: also {others:?}");
        if check == "answers" {
            assert_eq!(ended_so(&run, "not run"), CHECKS[1..], "breakage {turn}");
        }
    }
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let url = "http://127.0.0.1:9";
    for (variables, says) in [
        (&[][..], "CANDLECHECK_TOKEN is not set: set it to a read-only token that the server accepts"),
        (&[("CANDLECHECK_TOKEN", " ")][..], "CANDLECHECK_TOKEN is not set"),
        (&[("CANDLECHECK_TOKEN", "a-token")][..], "http://127.0.0.1:9 cannot be reached: Connection refused"),
    ] {
        let run = against(url, &[], variables);
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert!(run.stderr.contains(says), "no {says:?} in {run:?}");
        assert!(!run.stderr.contains("a-token"), "the token is told: {run:?}");
    }
}
