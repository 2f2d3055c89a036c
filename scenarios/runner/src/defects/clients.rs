//! Mistakes at the door: whom a server lets in, and what it lets clients do to it before.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ohlc_server::error::{BadCredentials, Failure};
use ohlc_server::http::body::Asked;
use ohlc_server::http::jwt::{self, Claims};
use ohlc_server::policy::Bytes;
use ohlc_server::request::ticker;
use serde::Deserialize;
use serde_json::Value;

use super::defects;
use crate::broken::{clock, inbound};

/// Longer than anybody waits.
const FOR_EVER: Duration = Duration::from_secs(365 * 86_400);

defects! {
    "part-of-a-token-will-do", "a token is known by how it begins":
        |policies, _| policies.auth.same = Arc::new(|given, known| known.starts_with(given));
    "more-than-a-token-will-do", "what follows a token does not matter":
        |policies, _| policies.auth.same = Arc::new(|given, known| given.starts_with(known));
    "tokens-in-any-case", "letters of a token may be small or capital":
        |policies, _| policies.auth.same = Arc::new(|given, known| given.eq_ignore_ascii_case(known));
    "signature-not-looked-at", "what a token claims is taken for true":
        |policies, _| policies.auth.signed = Arc::new(|token, _| claimed(token));
    "token-chooses-its-algorithm", "a token that says it needs no signature needs none":
        |policies, _| policies.auth.signed = Arc::new(|token, secret| match part(token, 0) {
            Some(head) if head["alg"].as_str().is_some_and(|name| name.eq_ignore_ascii_case("none")) => claimed(token),
            _ => jwt::signed(token, secret),
        });
    "token-times-in-whole-seconds", "a fraction of a second makes a time of a token unreadable":
        |policies, _| policies.auth.in_time = Arc::new(|claims, now, leeway| match claims.get("exp") {
            Some(end) if end.is_f64() => Err(Failure::unknown_credentials()),
            _ => jwt::in_time(claims, now, leeway),
        });
    "tokens-good-before-their-time", "of a token's times exp alone counts":
        |policies, _| policies.auth.in_time = Arc::new(|claims, now, leeway| {
            jwt::in_time(&without(claims, "nbf"), now, leeway)
        });
    "tokens-without-an-end", "a token without exp is good for ever":
        |policies, _| policies.auth.in_time = Arc::new(endless);
    "crit-not-looked-at", "what the head of a token asks for is nobody's business":
        |policies, _| policies.auth.signed = Arc::new(|token, secret| match jwt::signed(token, secret) {
            Err(BadCredentials::Critical) => claimed(token),
            other => other,
        });
    "bad-tokens-all-alike", "a token that is not good is told to be so, and not why":
        |policies, _| {
            let told = Arc::clone(&policies.failure.told);
            policies.failure.told = Arc::new(move |failure| match failure {
                Failure::AuthInvalid { .. } => told(&Failure::unknown_credentials()),
                _ => told(failure),
            });
        };
    "first-authorization-counts", "of several Authorization headers the first one counts":
        |policies, _| policies.auth.credentials = Arc::new(first_authorization);
    "host-not-looked-at", "a request may name its host twice, or not at all":
        |policies, _| policies.envelope.names_its_host = Arc::new(|_, _| true);
    "any-text-is-a-token", "a token may be as short as one letter, and may both read and invalidate":
        |policies, _| policies.settings.tokens = Arc::new(|_| Vec::new());
    "links-followed-anywhere", "whatever a link in the dashboard's folder leads to is served":
        |policies, _| policies.settings.may_be_served = Arc::new(|_, _| true);
    "bodies-before-credentials", "a body is read before anybody looks who sends it":
        |_, ports| inbound::requests(ports, |request, next| Box::pin(async move {
            let (head, body) = request.into_parts();
            // As much as a framework takes that is not told otherwise.
            let body = to_bytes(body, 2 << 20).await.unwrap_or_default();
            next.run(Request::from_parts(head, Body::from(body))).await
        }));
    "bodies-without-a-deadline", "a body may take as long as it likes":
        |policies, _| policies.body.timeout = FOR_EVER;
    "bodies-of-two-mebibytes", "a body may have 2 MiB":
        |policies, _| policies.body.most_bytes = Bytes::mebi(2);
    "clients-have-all-the-time", "a client is waited for, whatever it owes":
        |policies, _| {
            policies.connections.head_timeout = FOR_EVER;
            policies.connections.idle_timeout = FOR_EVER;
            policies.connections.shutdown_timeout = FOR_EVER;
        };
    "idle-connections-kept", "a connection is kept until its client ends it":
        |policies, _| policies.connections.idle_timeout = FOR_EVER;
    "heads-of-any-size", "a head may have half a megabyte":
        |policies, _| policies.connections.head_bytes = Bytes::kibi(512);
    "connections-without-number", "as many connections are taken as come":
        |policies, _| policies.connections.most = u32::MAX;
    "stops-when-clients-let-it", "a server that is told to stop waits for its clients":
        |policies, _| policies.connections.shutdown_timeout = FOR_EVER;
    "bodies-as-the-parser-likes-them", "a null counts as left out, and a list as an object":
        |policies, _| policies.body.asked = Arc::new(|body| {
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            struct Loose {
                ticker: Option<String>,
            }
            serde_json::from_slice(body).ok().map(|Loose { ticker }| Asked { ticker })
        });
    "unknown-fields-of-a-body-left-out", "what a body says besides a ticker does not matter":
        |policies, _| policies.body.asked = Arc::new(|body| {
            let body: Value = serde_json::from_slice(body).ok()?;
            body.is_object().then(|| Asked { ticker: body["ticker"].as_str().map(str::to_owned) })
        });
    "nothing-means-everything", "a body of nothing asks to invalidate everything":
        |policies, _| {
            let asked = Arc::clone(&policies.body.asked);
            policies.body.asked = Arc::new(move |body| asked(if body.trim_ascii().is_empty() { b"{}" } else { body }));
        };
    "controls-for-everybody", "what only tests may do is there in every server":
        |_, ports| ports.test_controls = true;
    "test-clock-for-everybody", "whoever sets a variable of the tests sets the time":
        |_, ports| clock::of_a_file(ports, "OHLC_TEST_CLOCK_FILE");
    "one-class-at-most", "a ticker has one group after its symbol at most":
        |policies, _| policies.request.ticker = Arc::new(|text| {
            ticker::canonical(text).filter(|ticker| ticker.matches(['.', '-']).count() <= 1)
        });
    "space-around-a-ticker-cut", "white space and line breaks around a ticker are none of it":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text.trim()));
    "full-width-letters-folded", "full-width letters are letters":
        |policies, _| policies.request.ticker = Arc::new(|text| {
            let narrow = |letter: char| match u32::from(letter) {
                wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(letter),
                _ => letter,
            };
            ticker::canonical(&text.chars().map(narrow).collect::<String>())
        });
}

/// A part of a JWT, as the JSON that it should be.
fn part(token: &str, number: usize) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(number)?).ok()?).ok()
}

/// What a token claims, whoever made it.
fn claimed(token: &str) -> Result<Claims, BadCredentials> {
    let claims = part(token, 1).and_then(|claims| claims.as_object().cloned());
    claims.filter(|_| token.split('.').count() == 3).ok_or(BadCredentials::Unknown)
}

fn without(claims: &Claims, claim: &str) -> Claims {
    claims.iter().filter(|(name, _)| *name != claim).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn endless(claims: &Claims, now: DateTime<Utc>, leeway: Duration) -> Result<(), Failure> {
    match jwt::in_time(claims, now, leeway) {
        Err(Failure::AuthInvalid { problem: BadCredentials::Endless }) => Ok(()),
        other => other,
    }
}

fn first_authorization(headers: &HeaderMap) -> Result<&str, Failure> {
    let header = headers.get(AUTHORIZATION).ok_or(Failure::AuthMissing)?;
    header.to_str().map_err(|_| Failure::unknown_credentials())
}
