//! Mistakes about time: whose clock, whose day, how long.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use ohlc_server::candle::Stamp;
use ohlc_server::freshness::{self, Storing};
use ohlc_server::market::{self, Session};
use ohlc_server::rules::Rules;
use ohlc_server::{key, market::new_york_date};

use super::defects;

const DAY: Duration = Duration::from_secs(86_400);

defects! {
    "historical-ttl-of-a-day", "finished candles live for a day":
        |rules, _| rules.ttl_finished = DAY;
    "long-ttl-for-today", "what may still change is kept for 90 days":
        |rules, _| rules.ttl_unfinished = 90 * DAY;
    "l1-outlives-l2", "memory keeps everything for its hour, whatever the table says":
        |rules, _| rules.l1_expiry = Arc::new(|_, request, rules| request.now + rules.l1_ttl);
    "l1-without-expiry", "memory keeps everything until it is full":
        |rules, _| rules.l1_expiry = Arc::new(|_, _, _| DateTime::<Utc>::MAX_UTC);
    "short-ttl-for-every-candle-of-today", "today's candles are short-lived, blind to the close":
        |rules, _| rules.item_expiry = Arc::new(|storing, rules| by_date(storing, new_york_date(storing.request.now), rules));
    "ttl-by-the-date-of-utc", "today's candles are those of the date in UTC":
        |rules, _| rules.item_expiry = Arc::new(|storing, rules| by_date(storing, storing.request.now.date_naive(), rules));
    "ttl-blind-to-early-closes", "every session ends at 16:00":
        |rules, _| rules.sessions = Arc::new(|first, last| market::sessions(first, last).map(until_four).collect());
    "ttl-from-the-write", "a candle's life counts from the moment it is written":
        |rules, _| rules.item_expiry = Arc::new(|storing, rules| {
            freshness::item_expiry(storing, rules) + (storing.writing_at - storing.request.now)
        });
    "ttl-from-the-provider-s-timestamps", "a candle's life counts from its own time":
        |rules, _| rules.item_expiry = Arc::new(|storing, rules| storing.candle.stamp.instant() + rules.ttl_finished);
    "ttl-left-to-dynamodb", "what DynamoDB still holds is good":
        |rules, _| rules.still_good = Arc::new(|stored, request| {
            let mut kept = stored.clone();
            kept.expires_at = DateTime::<Utc>::MAX_UTC;
            freshness::still_good(&kept, request)
        });
    "unfinished-bar-counts-as-closed", "a bar fetched before its close is as good as any":
        |rules, _| rules.still_good = Arc::new(|stored, request| request.now < stored.expires_at);
    "time-of-the-client", "it is as late as the client's Date header says":
        |rules, _| rules.arrival = Arc::new(|headers, now| {
            let date = headers.get("date").and_then(|date| date.to_str().ok());
            let date = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
            date.map_or(now, |date| date.with_timezone(&Utc))
        });
    "date-of-utc", "today is what UTC says":
        |rules, _| rules.market_day = Arc::new(|instant| instant.date_naive());
    "fixed-utc-offset", "New York is five hours behind, summer and winter":
        |rules, _| rules.market_day = Arc::new(|instant| {
            let winter = FixedOffset::west_opt(5 * 3_600).map(|winter| instant.with_timezone(&winter).date_naive());
            winter.unwrap_or_default()
        });
    "sessions-at-a-fixed-utc-offset", "trading begins at 14:30 UTC, summer and winter":
        |rules, _| rules.sessions = Arc::new(|first, last| market::sessions(first, last).map(in_winter_time).collect());
    "last-minute-of-an-hour-folded", "the last minute of an hour is taken for a leap second, and folded onto the next":
        |rules, _| rules.sort_key = Arc::new(|resolution, stamp| key::sort_key(resolution, match stamp {
            Stamp::Instant(instant) if instant.timestamp() % 3_600 == 3_540 => Stamp::Instant(instant + TimeDelta::minutes(1)),
            other => other,
        }));
    "future-dates-passed-on", "any date is as good as another":
        |rules, _| rules.last_day = Arc::new(|today| today + TimeDelta::days(366));
    "key-computed-twice", "an answer is kept under the key of the moment in which it arrives":
        |rules, _| rules.kept_under = Arc::new(|request, now, rules| {
            let mut again = request.clone();
            again.window.end = (rules.market_day)(now);
            (rules.cache_key)(&again)
        });
    "write-through-not-awaited", "the answer is out before its candles are written":
        |rules, _| rules.write_wait = Duration::ZERO;
}

fn by_date(storing: &Storing<'_>, today: chrono::NaiveDate, rules: &Rules) -> DateTime<Utc> {
    let of_today = match storing.candle.stamp {
        Stamp::Day(date) => date == today,
        Stamp::Instant(instant) => instant.date_naive() == today,
    };
    storing.request.now + if of_today { rules.ttl_unfinished } else { rules.ttl_finished }
}

fn until_four(session: Session) -> Session {
    Session { close: session.open + TimeDelta::minutes(390), ..session }
}

fn in_winter_time(session: Session) -> Session {
    let open = Stamp::Day(session.date).instant() + TimeDelta::minutes(14 * 60 + 30);
    Session { open, close: open + (session.close - session.open), ..session }
}
