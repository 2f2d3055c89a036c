//! Mistakes with what comes over a provider's wire.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use ohlc_server::policy::Bytes;
use ohlc_server::providers::patience;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;
use serde_json::value::RawValue;

use super::defects;
use crate::broken::{log, providers};

const CENTURY: Duration = Duration::from_secs(36_525 * 86_400);

defects! {
    "escapes-taken-literally", "what stands in a text is what it means":
        |_, ports| providers::texts(ports, |text| text.replace('\\', "\\\\"));
    "byte-order-mark-taken-as-text", "an answer begins with its first character, whatever that is":
        |_, ports| providers::texts(ports, |text| text.replace('\u{feff}', "?"));
    "nothing-readable-taken-as-no-candles", "where every candle was left out there are none":
        |policies, _| policies.provider.says_nothing = Arc::new(|_| false);
    "short-columns-read-from-the-start", "a column that is too short lacks its last values":
        |policies, _| policies.provider.aligned = Arc::new(|_, _| true);
    "nulls-dropped-from-columns", "what is null in a column is not there":
        |policies, ports| {
            policies.provider.aligned = Arc::new(|_, _| true);
            providers::texts(ports, |text| text.replace("null,", "").replace(",null", ""));
        };
    "whole-numbers-alone-are-times", "a time is a whole number, and written as one":
        |_, ports| providers::texts(ports, |text| with_whole_times(&text).unwrap_or(text));
    "coded-answers-unread", "an answer is what stands in its body":
        |policies, _| policies.provider.codings = &[];
    "gzip-alone-is-read", "nobody sends deflate":
        |policies, _| policies.provider.codings = &["gzip"];
    "unreadable-taken-as-empty", "an answer that succeeded and holds no candles has none":
        |_, ports| providers::texts(ports, |text| match serde_json::from_str(&text) {
            Ok(Value::Array(_)) => text,
            Ok(Value::Object(fields)) if fields.contains_key("s") => text,
            _ => "[]".into(),
        });
    "answers-of-any-size", "a provider may send as much as it likes":
        |policies, _| {
            policies.provider.bytes = Bytes(u64::MAX);
            policies.provider.rows = u32::MAX;
        };
    "rows-of-any-number", "rows are not counted":
        |policies, _| policies.provider.rows = u32::MAX;
    "answers-together-without-a-bound", "each answer has its limit, and all of them together have none":
        |policies, _| policies.provider.together = Bytes(u64::MAX);
    "short-answers-wait-for-long-ones", "an answer of any length takes the room of the longest":
        |policies, _| policies.provider.short = Bytes(0);
    "each-bad-row-logged", "each candle that is left out has a line of its own":
        |_, ports| log::lines(ports, |line, log| {
            let read: Value = serde_json::from_slice(line).unwrap_or_default();
            let count = if read["outcome"] == "candles_rejected" { read["count"].as_u64().unwrap_or(1) } else { 1 };
            (0..count).try_for_each(|_| log.write_line(line))
        });
    "patience-in-whole-seconds-alone", "Retry-After is a number, or a date as mails have it; anything else is none":
        |policies, _| policies.provider.patience = Arc::new(|status, headers, now, _| whole_seconds(status, headers, now));
    "unsaid-patience-not-taken", "who limits us without saying for how long is asked again at once":
        |policies, _| policies.provider.patience = Arc::new(|status, headers, now, _| {
            patience(status, headers, now, Duration::ZERO).filter(|pause| !pause.is_zero())
        });
    "end-of-a-limit-unread", "a limit without Retry-After ends in five seconds":
        |policies, _| policies.provider.patience = Arc::new(|status, headers, now, unsaid| {
            let mut headers = headers.clone();
            headers.remove("x-ratelimit-reset");
            patience(status, &headers, now, unsaid)
        });
    "patience-of-a-503-ignored", "only a 429 can ask for patience":
        |policies, _| policies.provider.patience = Arc::new(|status, headers, now, unsaid| {
            patience(status, headers, now, unsaid).filter(|_| status == StatusCode::TOO_MANY_REQUESTS)
        });
    "patience-without-an-end", "a provider is left alone for as long as it says":
        |policies, _| policies.provider.longest_patience = CENTURY;
    "call-on-a-stale-connection-lost", "a call whose connection was closed has failed":
        |policies, _| policies.provider.resends = 0;
    "sent-again-on-a-kept-connection", "a call whose connection was closed is sent again on the next one that was kept":
        |_, ports| {
            let kept = OnceLock::new();
            providers::calls(ports, move |client, call, sound| sound(kept.get_or_init(|| client.clone()), call));
        };
    "sent-again-and-again", "a call whose connection was closed is sent again nine times":
        |policies, _| policies.provider.resends = 9;
}

/// Finnhub's columns, with null for each time that is not written as a whole number; nothing for any other text.
fn with_whole_times(text: &str) -> Option<String> {
    let mut columns: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).ok()?;
    let times: Vec<Box<RawValue>> = serde_json::from_str(columns.get("t")?.get()).ok()?;
    let whole = times.iter().map(|time| if time.get().parse::<i64>().is_ok() { time.get() } else { "null" });
    let whole = format!("[{}]", whole.collect::<Vec<_>>().join(","));
    columns.insert("t".into(), RawValue::from_string(whole).ok()?);
    serde_json::to_string(&columns).ok()
}

fn whole_seconds(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let said = headers.get(RETRY_AFTER).filter(|_| status == StatusCode::TOO_MANY_REQUESTS)?.to_str().ok()?;
    match said.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => (DateTime::parse_from_rfc2822(said).ok()?.to_utc() - now).to_std().ok(),
    }
}
