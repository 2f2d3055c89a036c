//! For how long a provider asks to be left alone, in whatever form it says so.

use std::time::{Duration, UNIX_EPOCH};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, RETRY_AFTER};

/// Where some say when their limit ends, in seconds from now or since 1970.
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// A number from which on seconds are counted since 1970 and not from now: it is 2001 in the one case, in 31 years in the
/// other.
const SINCE_1970: Duration = Duration::from_secs(1_000_000_000);

/// For how long an answer with this status and these headers asks to be left alone, if it does. A 429 always does: for
/// so long when it does not say.
pub fn patience(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>, unsaid: Duration) -> Option<Duration> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            Some(retry_after(headers, now).or_else(|| rate_limit_reset(headers, now)).unwrap_or(unsaid))
        }
        // Many send the other header with each answer, so it does not say that this one is about a limit.
        StatusCode::SERVICE_UNAVAILABLE => retry_after(headers, now),
        _ => None,
    }
}

/// Seconds, with or without a fraction, or a date in any of HTTP's three forms.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let said = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    seconds(said).map_or_else(|| until(since_1970(said)?, now), |pause| from_now(pause, now))
}

fn rate_limit_reset(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let said = seconds(headers.get(RATE_LIMIT_RESET)?.to_str().ok()?.trim())?;
    if said < SINCE_1970 { from_now(said, now) } else { until(said, now) }
}

/// Digits, and at most one point: no sign, no exponent and no word.
fn seconds(text: &str) -> Option<Duration> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = plain.then(|| text.parse().ok())??;
    Duration::try_from_secs_f64(number).ok()
}

/// The seconds since 1970 at a date.
fn since_1970(date: &str) -> Option<Duration> {
    httpdate::parse_http_date(date).ok()?.duration_since(UNIX_EPOCH).ok()
}

/// A pause that is one, and that ends while there is a calendar: what is beyond that means nothing.
fn from_now(pause: Duration, now: DateTime<Utc>) -> Option<Duration> {
    let end = now.checked_add_signed(TimeDelta::from_std(pause).ok()?);
    end.map(|_| pause).filter(|pause| !pause.is_zero())
}

/// What is left until an instant, given since 1970; nothing when it has passed.
fn until(instant: Duration, now: DateTime<Utc>) -> Option<Duration> {
    let instant = DateTime::UNIX_EPOCH.checked_add_signed(TimeDelta::from_std(instant).ok()?)?;
    (instant - now).to_std().ok().filter(|pause| !pause.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{at, headers};

    fn asked(status: StatusCode, name: &'static str, value: &'static str) -> Option<Duration> {
        patience(status, &headers(name, value), at("2026-02-03T22:00:00Z"), Duration::from_secs(5))
    }

    #[test]
    fn seconds_and_dates_say_how_long() {
        let dates = ["Tue, 03 Feb 2026 22:00:30 GMT", "Tuesday, 03-Feb-26 22:00:30 GMT", "Tue Feb  3 22:00:30 2026"];
        for said in ["30", " 30 ", "30.0", "30."].into_iter().chain(dates) {
            assert_eq!(
                asked(StatusCode::TOO_MANY_REQUESTS, "retry-after", said),
                Some(Duration::from_secs(30)),
                "{said}"
            );
            assert_eq!(
                asked(StatusCode::SERVICE_UNAVAILABLE, "retry-after", said),
                Some(Duration::from_secs(30)),
                "{said}"
            );
        }
        let fraction = asked(StatusCode::TOO_MANY_REQUESTS, "retry-after", "299.997");
        assert_eq!(fraction, Some(Duration::from_millis(299_997)));
    }

    #[test]
    fn what_says_nothing_leaves_a_429_its_default_and_a_503_none() {
        let huge = "9".repeat(400).leak();
        let past = "Tue, 03 Feb 2026 21:00:00 GMT";
        for said in ["-3", "+3", "0", "1e3", "soon", "", ".", "1.2.3", "NaN", past, "18446744073709551615", huge] {
            assert_eq!(
                asked(StatusCode::TOO_MANY_REQUESTS, "retry-after", said),
                Some(Duration::from_secs(5)),
                "{said}"
            );
            assert_eq!(asked(StatusCode::SERVICE_UNAVAILABLE, "retry-after", said), None, "{said}");
        }
        assert_eq!(asked(StatusCode::INTERNAL_SERVER_ERROR, "retry-after", "30"), None);
    }

    #[test]
    fn the_end_of_a_limit_is_told_from_now_or_since_1970() {
        let asked = |value| asked(StatusCode::TOO_MANY_REQUESTS, "x-ratelimit-reset", value);
        assert_eq!(asked("30"), Some(Duration::from_secs(30)));
        assert_eq!(asked("1770156030"), Some(Duration::from_secs(30)));
        assert_eq!(asked("1770156000"), Some(Duration::from_secs(5)));
    }
}
