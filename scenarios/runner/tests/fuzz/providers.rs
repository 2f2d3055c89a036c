//! What providers send, read as the server reads it: the whole way from the body to candles.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use ohlc_server::candle::{CandlePolicy, Stamp};
use ohlc_server::clock::SystemClock;
use ohlc_server::providers::{Account, Credential, Fetched, ProviderPolicy, Providers, Transport};
use ohlc_server::request::{Query, Request, Requests};
use ohlc_server::telemetry::{Metrics, MetricsPolicy};

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "NaN",
    "Infinity",
    "null",
    "true",
    "\"\"",
    "1e400",
    "-0.0",
    "1.5e2",
    "0.00000000000000000000000000001",
    "99999999999999999999",
    "\"date\":",
    "\"adjOpen\":",
    "\"volume\":",
    "2026-02-03T20:55:00.250Z",
    "2026-02-03T15:55:00-05:00",
    "\\u002B00:00",
    "\\/",
    "\\ud800",
    "\u{feff}",
    "[[[[[[",
    "{\"a\":",
    "}",
    "]",
    ",",
    ":",
    "\"s\":\"ok\"",
    "\"s\":\"no_data\"",
    "\"t\":[",
    "1.7e9",
    "<html>",
];

#[test]
fn daily_rows_of_tiingo() {
    holds("tiingo-daily", "range=1W");
}

#[test]
fn intraday_rows_of_tiingo() {
    holds("tiingo-intraday", "range=1W&resolution=5");
}

#[test]
fn columns_of_finnhub() {
    holds("finnhub", "range=1W&resolution=5");
}

fn holds(corpus: &'static str, query: &str) {
    let requests = Arc::new(Requests::default());
    let now = "2026-02-03T22:00:00Z".parse().expect("an instant");
    let request = requests.freeze("AAPL", &Query::parse(query).expect("a query"), now, 0).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    all_hold(corpus, WORDS, 2_000, |input| {
        let fetched = runtime.block_on(providers(corpus, input.to_vec()).fetch(&request));
        if let Ok(fetched) = fetched {
            sound(&request, &fetched);
        }
    });
}

/// Candles of the window, one of a bucket, in order, each without a flaw.
fn sound(request: &Request, fetched: &Fetched) {
    let (candles, policy) = (&fetched.parsed.candles, CandlePolicy::default());
    let stamps: Vec<Stamp> = candles.iter().map(|candle| candle.stamp).collect();
    assert!(stamps.is_sorted_by(|one, next| one < next), "{stamps:?}");
    for candle in candles {
        assert!(request.includes(candle.stamp), "{:?} is outside of the window", candle.stamp);
        assert_eq!((policy.flaw)(candle, policy.noise), None, "{candle:?}");
    }
}

/// Providers of which one sends this, and the others fail.
fn providers(corpus: &str, body: Vec<u8>) -> Providers {
    let account = |name: &str| Account {
        url: format!("http://{name}.test"),
        key: Credential::Given(String::from("a-key").into()),
    };
    let host = if corpus == "finnhub" { "finnhub.test" } else { "tiingo.test" };
    let transport: Transport = Arc::new(move |_, call| {
        let sent = match call.url().host_str() == Some(host) {
            true => http::Response::new(body.clone()),
            false => {
                let mut failed = http::Response::new(Vec::new());
                *failed.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
                failed
            }
        };
        async move { Ok(sent.into()) }.boxed()
    });
    let clock = Arc::new(SystemClock);
    let metrics = Arc::new(Metrics::new(clock.clone(), MetricsPolicy::default()));
    let policies = (ProviderPolicy::default(), CandlePolicy::default(), Duration::from_secs(5));
    let finnhub = account("finnhub");
    let providers = Providers::new(&account("tiingo"), Some(&finnhub), policies, &transport, &(clock as _), &metrics);
    providers.expect("providers that are asked over plain HTTP")
}
