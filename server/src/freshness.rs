//! How long things stay good: answers, entries in memory, items in the table. Everything counts from the request's own
//! instant (C15), never from a client's or a provider's clock (C7).

use chrono::{DateTime, Utc};

use crate::candle::Candle;
use crate::market::{self, Session};
use crate::request::{Expected, Range, Request};
use crate::rules::Rules;
use crate::store::items::StoredCandle;

/// When the market may next add to a window of these sessions, or change what is in it.
pub(crate) fn fresh_until(sessions: &[Session], range: Range, now: DateTime<Utc>, rules: &Rules) -> DateTime<Utc> {
    match sessions.iter().find(|session| now < session.close) {
        // Trading: a short while, and never past the close, which makes the last bar another one (C16).
        Some(session) if session.open <= now => session.close.min(now + rules.ttl_unfinished),
        Some(session) => session.open,
        None if range == Range::Custom => now + rules.ttl_finished,
        None => market::next_open(now),
    }
}

/// When memory drops an answer that is fresh until then: never later than that, or memory would outlive the table (C2).
pub fn l1_expiry(fresh_until: DateTime<Utc>, request: &Request, rules: &Rules) -> DateTime<Utc> {
    fresh_until.min(request.now + rules.l1_ttl)
}

/// What decides when a stored candle expires.
#[derive(Clone, Copy)]
pub struct Storing<'a> {
    /// The candle.
    pub candle: &'a Candle,
    /// The bucket that it fills; none for a candle that no session lets expect.
    pub expected: Option<&'a Expected>,
    /// The request that fetched it.
    pub request: &'a Request,
    /// The instant of the write, which decides nothing (C15).
    pub writing_at: DateTime<Utc>,
}

/// When a stored candle expires: soon while its session is trading, late once that is over (R4, R7, C2, C3, C5).
pub fn item_expiry(storing: &Storing<'_>, rules: &Rules) -> DateTime<Utc> {
    let Storing { expected, request, .. } = storing;
    let trading = expected.is_some_and(|expected| request.now < expected.session_closes);
    request.now + if trading { rules.ttl_unfinished } else { rules.ttl_finished }
}

/// Whether a stored candle still counts: not expired, though DynamoDB may not have deleted it yet (C11); and final, or
/// still forming (C16).
pub fn still_good(stored: &StoredCandle, request: &Request) -> bool {
    let forming = || {
        let expected = request.expected().iter().rfind(|expected| expected.stamp == stored.candle.stamp);
        expected.is_some_and(|expected| request.now < expected.closes)
    };
    request.now < stored.expires_at && (stored.is_closed || forming())
}
