//! Mistakes about time: whose clock, whose day, how long.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use ohlc_server::candle::Stamp;
use ohlc_server::freshness::{self, FreshnessPolicy};
use ohlc_server::key;
use ohlc_server::market::{self, Session, new_york_date};
use ohlc_server::request::Expected;
use serde_json::Value;

use super::defects;
use crate::broken::dynamodb::calls;
use crate::broken::{inbound, locked, memory};

const DAY: Duration = Duration::from_secs(86_400);

defects! {
    "historical-ttl-of-a-day", "finished candles live for a day":
        |policies, _| policies.freshness.ttl_finished = DAY;
    "long-ttl-for-today", "what may still change is kept for 90 days":
        |policies, _| policies.freshness.ttl_unfinished = 90 * DAY;
    "l1-outlives-l2", "memory keeps everything for its hour, whatever the table says":
        |policies, _| policies.freshness.l1_expiry = Arc::new(|_, now, l1_ttl| now + l1_ttl);
    "l1-without-expiry", "memory keeps everything until it is full":
        |policies, _| policies.freshness.l1_expiry = Arc::new(|_, _, _| DateTime::<Utc>::MAX_UTC);
    "short-ttl-for-every-candle-of-today", "today's candles are short-lived, blind to the close":
        |policies, _| policies.freshness.item_expiry = Arc::new(|expected, now, policy| by_date(expected, new_york_date(now), now, policy));
    "ttl-by-the-date-of-utc", "today's candles are those of the date in UTC":
        |policies, _| policies.freshness.item_expiry = Arc::new(|expected, now, policy| by_date(expected, now.date_naive(), now, policy));
    "ttl-blind-to-early-closes", "every session ends at 16:00":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| market::sessions(first, last).map(until_four).collect());
    "ttl-from-the-write", "a candle's life counts from the moment it is written":
        |_, ports| {
            let clock = Arc::clone(&ports.clock);
            calls(ports, move |mut call, wire| {
                let now = clock.now();
                call.writes().into_iter().for_each(|write| expire_later(&mut write["PutRequest"]["Item"], now));
                Box::pin(async move { wire.send(call).await })
            });
        };
    "ttl-from-the-provider-s-timestamps", "a candle's life counts from its own time":
        |policies, _| policies.freshness.item_expiry = Arc::new(|expected, _, policy| {
            expected.stamp.instant() + policy.ttl_finished
        });
    "ttl-left-to-dynamodb", "what DynamoDB still holds is good":
        |policies, _| policies.freshness.still_good = Arc::new(|stored, request| {
            let mut kept = stored.clone();
            kept.expires_at = DateTime::<Utc>::MAX_UTC;
            freshness::still_good(&kept, request)
        });
    "unfinished-bar-counts-as-closed", "a bar fetched before its close is as good as any":
        |policies, _| policies.freshness.still_good = Arc::new(|stored, request| request.now < stored.expires_at);
    "time-of-the-client", "it is as late as the client's Date header says":
        |_, ports| {
            let of_client = Arc::new(Mutex::new(None));
            let (told, ours) = (Arc::clone(&of_client), Arc::clone(&ports.clock));
            ports.clock = Arc::new(move || locked(&told).unwrap_or_else(|| ours.now()));
            inbound::sees(ports, move |request| {
                let date = request.headers().get("date").and_then(|date| date.to_str().ok());
                let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
                *locked(&of_client) = date.map(|date| date.with_timezone(&Utc));
            });
        };
    "date-of-utc", "today is what UTC says":
        |policies, _| policies.calendar.market_day = Arc::new(|instant| instant.date_naive());
    "fixed-utc-offset", "New York is five hours behind, summer and winter":
        |policies, _| policies.calendar.market_day = Arc::new(|instant| {
            let winter = FixedOffset::west_opt(5 * 3_600).map(|winter| instant.with_timezone(&winter).date_naive());
            winter.unwrap_or_default()
        });
    "sessions-at-a-fixed-utc-offset", "trading begins at 14:30 UTC, summer and winter":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| market::sessions(first, last).map(in_winter_time).collect());
    "last-minute-of-an-hour-folded", "the last minute of an hour is taken for a leap second, and folded onto the next":
        |policies, _| policies.key.sort_key = Arc::new(|resolution, stamp| key::sort_key(resolution, match stamp {
            Stamp::Instant(instant) if instant.timestamp() % 3_600 == 3_540 => Stamp::Instant(instant + TimeDelta::minutes(1)),
            other => other,
        }));
    "future-dates-passed-on", "any date is as good as another":
        |policies, _| policies.request.days_ahead = 366;
    "key-computed-twice", "an answer is kept under the key of the moment in which it arrives":
        |_, ports| {
            let clock = Arc::clone(&ports.clock);
            memory::puts(ports, move |entries, key, entry| {
                let (range, _) = key.rsplit_once(':').unwrap_or((&key, ""));
                entries.put(format!("{range}:{}", new_york_date(clock.now())), entry)
            });
        };
    "write-through-not-awaited", "the answer is out before its candles are written":
        |policies, _| policies.deadline.write_wait = Duration::ZERO;
}

fn by_date(
    expected: &Expected,
    today: NaiveDate,
    now: DateTime<Utc>,
    policy: &FreshnessPolicy,
) -> DateTime<Utc> {
    let of_today = match expected.stamp {
        Stamp::Day(date) => date == today,
        Stamp::Instant(instant) => instant.date_naive() == today,
    };
    now + if of_today { policy.ttl_unfinished } else { policy.ttl_finished }
}

/// Lets an item live as much longer as it was fetched before it is written.
fn expire_later(item: &mut Value, now: DateTime<Utc>) {
    let fetched_at = item["fetched_at"]["S"].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
    let expires_at = item["ExpiresAt"]["N"].as_str().and_then(|text| text.parse::<i64>().ok());
    if let (Some(fetched_at), Some(expires_at)) = (fetched_at, expires_at) {
        item["ExpiresAt"]["N"] = (expires_at + (now - fetched_at).num_seconds()).to_string().into();
    }
}

fn until_four(session: Session) -> Session {
    Session { close: session.open + TimeDelta::minutes(390), ..session }
}

fn in_winter_time(session: Session) -> Session {
    let open = Stamp::Day(session.date).instant() + TimeDelta::minutes(14 * 60 + 30);
    Session { open, close: open + (session.close - session.open), ..session }
}
