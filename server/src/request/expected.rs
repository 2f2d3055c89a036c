//! Which candles a window should hold: every bucket of its sessions that has begun, early closes included. And which it
//! may hold beside them: those out of hours.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Request, Resolution};
use crate::candle::Stamp;
use crate::market::{self, Session};

/// A candle that a window should hold, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Its stamp.
    pub stamp: Stamp,
    /// When its bucket closes.
    pub closes: DateTime<Utc>,
    /// When its session closes: until then it counts as unfinished in the cache.
    pub session_closes: DateTime<Utc>,
}

/// The expected candles of some sessions as of `now`, oldest first.
pub(super) fn in_sessions(sessions: &[Session], resolution: Resolution, now: DateTime<Utc>) -> Arc<[Expected]> {
    sessions.iter().flat_map(|session| of_session(session, resolution, now)).collect()
}

fn of_session(session: &Session, resolution: Resolution, now: DateTime<Utc>) -> impl Iterator<Item = Expected> {
    let (date, session_closes) = (session.date, session.close);
    market::buckets(session, resolution.bucket_length()).take_while(move |bucket| bucket.start <= now).map(
        move |bucket| Expected {
            stamp: match resolution {
                Resolution::Day => Stamp::Day(date),
                _ => Stamp::Instant(bucket.start),
            },
            closes: bucket.end,
            session_closes,
        },
    )
}

/// The bucket that a candle with this stamp fills: one that its session lets expect, or, on a day whose session has begun,
/// one out of hours. A bar that begins anywhere else fills none, whatever the provider calls it: the last trade, a row of
/// a closed day, a row of a session to come.
pub fn bucket_of(request: &Request, stamp: Stamp) -> Option<Expected> {
    let expected = request.expected();
    if let Ok(place) = expected.binary_search_by_key(&stamp, |expected| expected.stamp) {
        return Some(expected[place]);
    }
    let Stamp::Instant(start) = stamp else { return None };
    let session = request.session_begun(request.day_of(stamp)).filter(|_| start <= request.now)?;
    let bucket = market::bucket_on_the_clock(start, request.resolution.bucket_length())?;
    Some(Expected { stamp, closes: bucket.end, session_closes: session.close })
}
