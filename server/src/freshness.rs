//! How long things stay good: answers, entries in memory, items in the table. Everything counts from the request's own
//! instant, never from a client's or a provider's clock (`decisions.md#frozen-request`).

use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};

use crate::market::{self, Session};
use crate::policy::policy;
use crate::request::{Expected, Range, Request};
use crate::store::items::StoredCandle;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

policy! {
    /// How long things stay good.
    FreshnessPolicy "freshness" {
        values {
            /// How long DynamoDB keeps a candle whose session is over.
            ttl_finished: Duration = 90 * DAY, setting "OHLC_TTL_FINISHED", from "decisions.md#ttl-finished";
            /// How long anything counts as fresh whose session is still trading.
            ttl_unfinished: Duration = Duration::from_secs(300), setting "OHLC_TTL_UNFINISHED", from "decisions.md#ttl-unfinished";
            /// How long an answer lives in memory, unless its own freshness ends earlier.
            l1_ttl: Duration = Duration::from_secs(3600), setting "OHLC_L1_TTL", from "decisions.md#l1-ttl";
            /// How long after its close a bucket that the provider lacks counts as late rather than as absent for good.
            absence_settles: Duration = DAY, setting "OHLC_ABSENCE_SETTLES", from "decisions.md#absence-settles";
        }
        functions {
            /// When a stored candle expires, given the bucket that it fills and the instant of the request that fetched it.
            item_expiry: fn(&Expected, DateTime<Utc>, &FreshnessPolicy) -> DateTime<Utc> = item_expiry,
                decides "ttl_unfinished while its session trades or its bucket is open, then ttl_finished; from the request's start",
                shows [(&expected(), at("2026-02-03T15:00:00Z"), &FreshnessPolicy::default()),
                    (&expected(), at("2026-02-03T22:00:00Z"), &FreshnessPolicy::default())], from "decisions.md#item-expiry";
            /// Until when what a fetch lacks counts as known: given what is absent, how many candles were left out as bad, and
            /// the instant of the request that fetched it.
            absence_expiry: fn(&[Expected], usize, DateTime<Utc>, &FreshnessPolicy) -> DateTime<Utc> = absence_expiry,
                decides "ttl_unfinished if a candle was bad or may merely be late, and no longer than its bucket is open; else ttl_finished",
                shows [(&[expected()], 0, at("2026-02-05T22:00:00Z"), &FreshnessPolicy::default()),
                    (&[expected()], 1, at("2026-02-05T22:00:00Z"), &FreshnessPolicy::default())], from "decisions.md#whole-window";
            /// When an answer stops being fresh, given when the market may next change it, and when the first of its candles,
            /// or what it lacks, stops counting.
            answer_expiry: fn(DateTime<Utc>, DateTime<Utc>) -> DateTime<Utc> = answer_expiry, decides "at the earlier of the two",
                shows [(at("2026-02-03T22:05:00Z"), at("2026-02-03T22:01:00Z")), (at("2026-02-03T22:05:00Z"), at("2026-02-03T22:02:00Z"))],
                from "decisions.md#answer-expiry";
            /// Since when an answer that is served as stale has been so, given when it stopped being fresh and the instant of
            /// the request.
            stale_since: fn(DateTime<Utc>, DateTime<Utc>) -> DateTime<Utc> = stale_since,
                decides "since it stopped being fresh; since the request, if only time was lacking to make sure",
                shows [(at("2026-02-03T22:05:00Z"), at("2026-02-03T22:01:00Z")), (at("2026-02-03T22:05:00Z"), at("2026-02-03T22:06:00Z"))],
                from "decisions.md#answer-expiry";
            /// When memory drops an answer, given until when it is fresh, the request's instant and l1_ttl.
            l1_expiry: fn(DateTime<Utc>, DateTime<Utc>, Duration) -> DateTime<Utc> = l1_expiry,
                decides "after l1_ttl, never later than the answer's own freshness",
                shows [(at("2026-02-04T14:30:00Z"), at("2026-02-03T22:00:00Z"), DAY / 24),
                    (at("2026-02-03T22:05:00Z"), at("2026-02-03T22:00:00Z"), DAY / 24)], from "decisions.md#l1-expiry";
            /// Whether a stored candle still counts for a request.
            still_good: fn(&StoredCandle, &Request) -> bool = still_good,
                decides "not expired, whatever DynamoDB still holds; and final, or still forming",
                shows [(&stored(), &request("AAPL", "range=1W", "2026-02-03T22:00:00Z")),
                    (&stored(), &request("AAPL", "range=1W", "2027-02-03T22:00:00Z"))], from "decisions.md#still-good";
        }
    }
}

/// When the market may next add to a window of these sessions, or change what is in it.
pub(crate) fn fresh_until(
    sessions: &[Session],
    range: Range,
    now: DateTime<Utc>,
    policy: &FreshnessPolicy,
) -> DateTime<Utc> {
    match sessions.iter().find(|session| now < session.close) {
        // Trading: a short while, and never past the close, which makes the last bar another one.
        Some(session) if session.open <= now => session.close.min(now + policy.ttl_unfinished),
        Some(session) => session.open,
        None if range == Range::Custom && !sessions.is_empty() => now + policy.ttl_finished,
        None => market::next_open(now),
    }
}

/// When memory drops an answer that is fresh until then: never later than that, or memory would outlive the table.
pub fn l1_expiry(fresh_until: DateTime<Utc>, now: DateTime<Utc>, l1_ttl: Duration) -> DateTime<Utc> {
    fresh_until.min(now + l1_ttl)
}

/// When an answer stops being fresh: neither the market nor what it is made of may have changed by then.
pub fn answer_expiry(market: DateTime<Utc>, candles: DateTime<Utc>) -> DateTime<Utc> {
    market.min(candles)
}

/// Since when an answer has been stale. One that is served as stale because nobody had the time to make sure of it does not
/// promise that it holds.
pub fn stale_since(fresh_until: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    fresh_until.min(now)
}

/// When a stored candle expires: soon while its session is trading, or its own bucket after hours is open; late once that
/// is over.
pub fn item_expiry(bucket: &Expected, now: DateTime<Utc>, policy: &FreshnessPolicy) -> DateTime<Utc> {
    let unfinished = now < bucket.session_closes.max(bucket.closes);
    after(if unfinished { policy.ttl_unfinished } else { policy.ttl_finished }, now)
}

/// Until when a fetch's word on what it lacks holds. A bar that is not there yet may come when its bucket closes, and a
/// provider publishes the day's bar hours after the close; a bad candle may be mended at any time.
pub fn absence_expiry(
    absent: &[Expected],
    rejected: usize,
    now: DateTime<Utc>,
    policy: &FreshnessPolicy,
) -> DateTime<Utc> {
    let may_come = |expected: &Expected| now < expected.closes + policy.absence_settles;
    let soon = rejected > 0 || absent.iter().any(may_come);
    let expiry = after(if soon { policy.ttl_unfinished } else { policy.ttl_finished }, now);
    let open = absent.iter().map(|expected| expected.closes).filter(|closes| now < *closes).min();
    open.map_or(expiry, |closes| closes.min(expiry))
}

/// In whole seconds, as DynamoDB keeps them: memory and answers must not promise a fraction more.
fn after(ttl: Duration, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + ttl).trunc_subsecs(0)
}

/// Until when a candle answers: until it expires, and one that was unfinished only while its bucket is open.
pub(crate) fn answers_until(bucket: &Expected, is_closed: bool, expires_at: DateTime<Utc>) -> DateTime<Utc> {
    if is_closed { expires_at } else { expires_at.min(bucket.closes) }
}

/// Until when a stored candle answers a request; nothing if it fills no bucket of its window.
pub(crate) fn stored_until(stored: &StoredCandle, request: &Request) -> Option<DateTime<Utc>> {
    let bucket = request.bucket_of(stored.candle.stamp)?;
    Some(answers_until(&bucket, stored.is_closed, stored.expires_at))
}

/// Whether a stored candle still counts: not expired, though DynamoDB may not have deleted it yet; and final, or still
/// forming.
pub fn still_good(stored: &StoredCandle, request: &Request) -> bool {
    stored_until(stored, request).is_some_and(|until| request.now < until)
}
