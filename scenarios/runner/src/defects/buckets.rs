//! Mistakes about bars that fill no bucket of the exchange's calendar, and about how long what was fetched holds.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ohlc_server::candle::Stamp;
use ohlc_server::freshness;
use ohlc_server::market;
use ohlc_server::request::{Expected, bucket_of};

use super::defects;

defects! {
    "bar-of-no-bucket-counts-as-closed", "what the calendar does not let expect is served, and is final":
        |policies, _| policies.request.bucket_of = Arc::new(|request, stamp| {
            bucket_of(request, stamp).or(Some(ending(stamp, stamp.instant())))
        });
    "odd-bar-served-for-a-while", "a bar may begin anywhere on a day of trading; it is taken for one that forms":
        |policies, _| policies.request.bucket_of = Arc::new(|request, stamp| bucket_of(request, stamp).or_else(|| {
            market::session(market::new_york_date(stamp.instant()))?;
            Some(ending(stamp, stamp.instant() + TimeDelta::hours(1)))
        }));
    "row-shown-early-is-served", "today's row is today's bar, though the session has not begun":
        |policies, _| policies.request.bucket_of = Arc::new(|request, stamp| bucket_of(request, stamp).or_else(|| match stamp {
            Stamp::Day(date) => market::session(date).map(|session| ending(stamp, session.close)),
            Stamp::Instant(_) => None,
        }));
    "bars-out-of-hours-dropped", "only what a session lets expect is served":
        |policies, _| policies.request.bucket_of = Arc::new(|request, stamp| {
            request.expected().iter().find(|expected| expected.stamp == stamp).copied()
        });
    "bars-out-of-hours-final-at-once", "a bar out of hours is final, though its bucket is open":
        |policies, _| policies.request.bucket_of = Arc::new(|request, stamp| {
            let expected = request.expected().iter().any(|expected| expected.stamp == stamp);
            bucket_of(request, stamp).map(|bucket| if expected { bucket } else { ending(stamp, stamp.instant()) })
        });
    "answer-outlives-its-candles", "how long an answer holds counts from whoever asks, not from the fetch of its candles":
        |policies, _| policies.freshness.answer_expiry = Arc::new(|market, _| market);
    "stale-answer-promises-the-future", "a stale answer says that it holds for five minutes more":
        |policies, _| policies.freshness.stale_since = Arc::new(|_, now| now + TimeDelta::minutes(5));
    "bad-candle-costs-a-call-each-time", "a window of which a candle was left out as bad is fetched for each request":
        |policies, _| policies.freshness.absence_expiry = Arc::new(|absent, rejected, now, policy| match rejected {
            0 => freshness::absence_expiry(absent, rejected, now, policy),
            _ => now,
        });
    "flight-shared-across-the-bell", "who asks after the bell gets what was fetched for who asked before it":
        |policies, _| policies.key.flight_key = Arc::new(|request| format!("{} after {}", request.cache_key, request.epoch));
    "stored-candles-written-again", "whatever is fetched is written, though the table holds just that":
        |policies, _| policies.completeness.unchanged = Arc::new(|_, _| None);
    "daily-candles-before-the-first-bar", "who asks at the bell is told that there are no intraday candles":
        |policies, _| policies.provider.stands_in = Arc::new(|_| true);
}

/// A bucket that closes then, whatever the session does.
fn ending(stamp: Stamp, closes: DateTime<Utc>) -> Expected {
    Expected { stamp, closes, session_closes: closes }
}
