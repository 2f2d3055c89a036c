//! How long things stay good: answers, entries in memory, items in the table. Everything counts from the request's own
//! instant, never from a client's or a provider's clock (`decisions.md#frozen-request`).

use std::time::Duration;

use chrono::{DateTime, Utc};

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
            item_expiry: fn(Option<&Expected>, DateTime<Utc>, &FreshnessPolicy) -> DateTime<Utc> = item_expiry,
                decides "ttl_unfinished while its session trades, then ttl_finished; from the request's start",
                shows [(Some(&expected()), at("2026-02-03T15:00:00Z"), &FreshnessPolicy::default()),
                    (Some(&expected()), at("2026-02-03T22:00:00Z"), &FreshnessPolicy::default())], from "decisions.md#item-expiry";
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
        None if range == Range::Custom => now + policy.ttl_finished,
        None => market::next_open(now),
    }
}

/// When memory drops an answer that is fresh until then: never later than that, or memory would outlive the table.
pub fn l1_expiry(fresh_until: DateTime<Utc>, now: DateTime<Utc>, l1_ttl: Duration) -> DateTime<Utc> {
    fresh_until.min(now + l1_ttl)
}

/// When a stored candle expires: soon while its session is trading, late once that is over. A candle that no session
/// lets expect counts as one whose session is over.
pub fn item_expiry(expected: Option<&Expected>, now: DateTime<Utc>, policy: &FreshnessPolicy) -> DateTime<Utc> {
    let trading = expected.is_some_and(|expected| now < expected.session_closes);
    now + if trading { policy.ttl_unfinished } else { policy.ttl_finished }
}

/// Whether a stored candle still counts: not expired, though DynamoDB may not have deleted it yet; and final, or still
/// forming.
pub fn still_good(stored: &StoredCandle, request: &Request) -> bool {
    let forming = || {
        let expected = request.expected().iter().rfind(|expected| expected.stamp == stored.candle.stamp);
        expected.is_some_and(|expected| request.now < expected.closes)
    };
    request.now < stored.expires_at && (stored.is_closed || forming())
}
