//! Which candles a window should hold: every bucket of its sessions that has begun, early closes included.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Resolution;
use crate::candle::Stamp;
use crate::market::{self, Session};

/// A candle that a window should hold.
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
