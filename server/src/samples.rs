//! Inputs that decisions are shown with.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::answer::{Answer, Parts};
use crate::candle::{Adjusted, Candle, CandlePolicy, Stamp};
use crate::http::jwt::{self, Claims};
use crate::providers::{Provider, Unreadable};
use crate::request::{Expected, Query, Request, Requests, Resolution, Window};
use crate::settings::Times;
use crate::store::fetches::StoredFetch;
use crate::store::items::StoredCandle;
use crate::store::{CompletenessRecord, LatestAction};

/// An instant, as RFC 3339.
pub(crate) fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().expect("an instant")
}

/// A New York date.
pub(crate) fn day(date: &str) -> NaiveDate {
    date.parse().expect("a date")
}

/// The week that ends on 2026-02-03.
pub(crate) fn week() -> Window {
    Window { start: day("2026-01-27"), end: day("2026-02-03") }
}

/// What is asked for by this query at this instant.
pub(crate) fn request(ticker: &str, query: &str, now: &str) -> Request {
    let query = Query::parse(query).expect("a query");
    Arc::new(Requests::default()).freeze(ticker, &query, at(now), 0).expect("a request")
}

/// A day's good candle.
pub(crate) fn candle(date: &str) -> Candle {
    let price = |cents| Decimal::new(cents, 2);
    Candle {
        stamp: Stamp::Day(day(date)),
        open: price(15_000),
        high: price(15_200),
        low: price(14_900),
        close: price(15_100),
        volume: 50_000_000,
        adjusted: Some(Adjusted { by: Decimal::ONE, on_ex_date: false }),
    }
}

/// The candle of 2026-02-03, fetched after its close.
pub(crate) fn stored() -> StoredCandle {
    StoredCandle {
        partition: "AAPL#tiingo".into(),
        resolution: Resolution::Day,
        candle: candle("2026-02-03"),
        fetched_at: at("2026-02-03T22:00:00Z"),
        fetched_window: Some(week()),
        is_closed: true,
        expires_at: at("2026-05-04T22:00:00Z"),
    }
}

/// A fetch of the week at this instant.
pub(crate) fn fetched(at: &str) -> StoredFetch {
    StoredFetch { at: self::at(at), window: Some(week()) }
}

/// A split of 2026-02-04, which the first fetch after its close has shown.
pub(crate) fn action() -> LatestAction {
    LatestAction { ex_date: day("2026-02-04"), known_at: at("2026-02-04T22:00:00Z") }
}

/// The bucket of 2026-02-03.
pub(crate) fn expected() -> Expected {
    let closes = at("2026-02-03T21:00:00Z");
    Expected { stamp: Stamp::Day(day("2026-02-03")), closes, session_closes: closes }
}

/// The record of a fetch that lacked 2026-02-03.
pub(crate) fn record() -> CompletenessRecord {
    CompletenessRecord {
        fetched_at: at("2026-02-03T22:00:00Z"),
        confirmed_at: at("2026-02-03T22:00:00Z"),
        absent: HashSet::from([CompletenessRecord::name(expected().stamp)]),
        expires_at: at("2026-05-04T22:00:00Z"),
    }
}

/// An answer that was fetched at 2026-02-03T22:00:00Z.
pub(crate) fn answer() -> Answer {
    let request = request("AAPL", "range=1W", "2026-02-03T22:00:00Z");
    let parts = Parts {
        candles: &[candle("2026-02-03")],
        provider: Some(Provider::Tiingo),
        fetched_at: request.now,
        fresh_until: request.now,
        in_days: false,
    };
    Answer::clone(&Answer::new(&request, &parts, &CandlePolicy::default()))
}

/// A key file that is not there.
pub(crate) fn unreadable(path: &str) -> Unreadable {
    Unreadable { path: PathBuf::from(path), cause: std::io::ErrorKind::NotFound.into() }
}

/// What signs [`JWT`].
pub(crate) const JWT_SECRET: &str = "candlecheck signs its tokens with this";
/// An HS256 token that expires on 2026-02-03 at 22:00:00Z.
pub(crate) const JWT: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3NzAxNTYwMDB9.rnA8Qek12gAbcttqWXemAPR-UL9FCJaXE0fvkHzU3Nw";

/// What that token says.
pub(crate) fn claims() -> Claims {
    jwt::signed(JWT, JWT_SECRET).expect("a token")
}

/// One header.
pub(crate) fn headers(name: &'static str, value: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))])
}

/// The specification's times, but for the lease.
pub(crate) fn times(lock_lease: Duration) -> Times {
    let (provider_timeout, deadline) = (Duration::from_secs(4), Duration::from_secs(5));
    Times { provider_timeout, lock_lease, deadline, margin: Duration::from_millis(800) }
}
