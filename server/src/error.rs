//! Every failure that a client can meet, declared once: variant, status, code, field, and the sentence that says what
//! to do. Causes go to the logs, never to the client.

use std::time::Duration;

use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::policy::policy;
use crate::request::Resolution;

policy! {
    /// What a client is told of a failure.
    FailurePolicy "failure" {
        values {
            /// What a client is told to wait when nothing could be served, and nobody knows for how long.
            retry_after: Duration = Duration::from_secs(5), setting "OHLC_RETRY_AFTER", from "decisions.md#retry-after";
        }
        functions {
            /// What a client is told of a failure.
            told: fn(&Failure) -> String = Failure::to_string,
                decides "one sentence that says what to do, and nothing of the cause",
                shows [(&Failure::AuthMissing), (&Failure::Internal)], from "decisions.md#told";
            /// When a client is told to come back.
            comes_back: fn(&Failure) -> Option<Duration> = Failure::retry_after,
                decides "429: as the provider said; 503: after retry_after",
                shows [(&Failure::RateLimited { retry_after: Duration::from_secs(7) }), (&Failure::Internal)], from "decisions.md#comes-back";
        }
    }
}

macro_rules! failures {
    ($(
        $(#[doc = $about:literal])+
        $variant:ident $({ $($name:ident : $type:ty),+ })? => $status:ident $code:literal, $field:expr, $message:literal;
    )+) => {
        /// What a client is told; see the [module](self).
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[expect(missing_docs, reason = "the fields are what the message quotes")]
        pub enum Failure {
            $( $(#[doc = $about])+ #[error($message)] $variant $({ $($name : $type),+ })?, )+
        }

        impl Failure {
            /// Status, code, and the field to blame.
            #[expect(unused_variables, reason = "only some rows name their field by a value of their own")]
            pub fn row(&self) -> (StatusCode, &'static str, Option<&'static str>) {
                match self {
                    $( Self::$variant $({ $($name),+ })? => (StatusCode::$status, $code, $field), )+
                }
            }
        }
    };
}

failures! {
    /// Not a ticker.
    InvalidTicker { given: String } => BAD_REQUEST "invalid_ticker", Some("ticker"),
        "ticker `{given}` is not valid: give 1 to 5 letters, then at most two groups of . or - and 1 or 2 letters, for example AAPL or BRK.B";
    /// A range that does not exist, or that is not alone.
    InvalidRange { problem: Problem } => BAD_REQUEST "invalid_range", Some("range"),
        "range {problem}; a valid example is range=1M";
    /// A resolution that does not exist.
    InvalidResolution { problem: Problem } => BAD_REQUEST "invalid_resolution", Some("resolution"),
        "resolution {problem}; a valid example is resolution=D";
    /// A date that is none, or half a pair.
    InvalidDate { field: &'static str, problem: Problem } => BAD_REQUEST "invalid_date", Some(field),
        "{field} {problem}; a valid example is start_date=2026-01-05&end_date=2026-02-03";
    /// A window beyond its resolution's limit.
    WindowTooLong { resolution: Resolution, days: i64, limit: i64, advice: String } => BAD_REQUEST "window_too_long", Some("resolution"),
        "a window of {days} days is too long for resolution={resolution}, whose limit is {limit} days: {advice}";
    /// A date after the market's present day.
    FutureDate { field: &'static str, today: NaiveDate } => BAD_REQUEST "future_date", Some(field),
        "{field} lies in the future: give a date up to {today}, New York's present day";
    /// A parameter that does not exist.
    UnknownParameter { given: String } => BAD_REQUEST "unknown_parameter", None,
        "parameter `{given}` does not exist; use range, resolution, or start_date with end_date, for example range=1M&resolution=D";
    /// A request of HTTP/1.1 that does not name its host, or names it twice.
    InvalidHost => BAD_REQUEST "invalid_host", None,
        "a request names its host once: send one Host header, for example Host: example.com";
    /// A request body that is not whole in time.
    BodyTooSlow => REQUEST_TIMEOUT "body_too_slow", None,
        "the body did not arrive in time: send the request again, and the whole of it at once";
    /// A request body that does not parse.
    InvalidBody => BAD_REQUEST "invalid_body", None,
        "the body is not valid; a valid example is {{\"ticker\": \"AAPL\"}}, or {{}} for everything";
    /// No credentials.
    AuthMissing => UNAUTHORIZED "auth_missing", None,
        "authentication is missing: log in, then send `Authorization: Bearer <token>`";
    /// Credentials that were good once.
    AuthExpired => UNAUTHORIZED "auth_expired", None,
        "authentication has expired: log in again or refresh the token";
    /// Credentials that are not good.
    AuthInvalid { problem: BadCredentials } => UNAUTHORIZED "auth_invalid", None,
        "authentication is not valid: {problem}";
    /// Good credentials without the authority.
    Forbidden => FORBIDDEN "forbidden", None,
        "this needs an admin token: ask whoever runs this server for one";
    /// The provider does not know the ticker.
    UnknownTicker { ticker: String } => NOT_FOUND "unknown_ticker", Some("ticker"),
        "ticker {ticker} was not found; check the spelling";
    /// No such path.
    NoSuchRoute => NOT_FOUND "no_such_route", None,
        "there is nothing at this path; /openapi.json lists what there is";
    /// A path that knows other methods.
    MethodNotAllowed => METHOD_NOT_ALLOWED "method_not_allowed", None,
        "this path does not take this method; /openapi.json lists what it takes";
    /// The provider asks for patience.
    RateLimited { retry_after: Duration } => TOO_MANY_REQUESTS "rate_limited", None,
        "too many requests for market data right now: try again after the seconds that Retry-After names";
    /// A defect of the server.
    Internal => INTERNAL_SERVER_ERROR "internal", None,
        "something went wrong here; try again, and report the request_id if it stays so";
    /// Nothing could be served.
    Unavailable { retry_after: Duration } => SERVICE_UNAVAILABLE "unavailable", None,
        "market data is temporarily unavailable: try again after the seconds that Retry-After names";
}

/// What is wrong with a parameter that exists, as it follows the parameter's name in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `range=1M&range=1M`
    #[error("is given more than once")]
    Doubled,
    /// `range=2W`
    #[error("is not one of 1D, 1W, 1M, 3M, 6M, YTD, 1Y and 5Y")]
    UnknownRange,
    /// `range=1M&start_date=2026-01-05`
    #[error("is given together with dates; give one or the other")]
    BesideDates,
    /// `resolution=5m`
    #[error("is not one of 1, 5, 15, 30, 60 and D")]
    UnknownResolution,
    /// `start_date=2026-02-30`
    #[error("is not a date of the calendar")]
    NoDate,
    /// Half a pair.
    #[error("is missing; give both dates or neither")]
    Missing,
    /// A start after its end.
    #[error("is after end_date")]
    AfterEnd,
}

/// Why credentials are not good, as it follows "authentication is not valid" in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCredentials {
    /// Nobody knows them.
    #[error("log in again, and check that the whole token is sent")]
    Unknown,
    /// More than one header.
    #[error("log in again, and send one Authorization header alone")]
    Doubled,
    /// A JWT that never ends.
    #[error("the token has no exp: log in again for one that has")]
    Endless,
    /// A claim that should be a time.
    #[error("{0} of the token is no number of seconds: log in again for a token where it is")]
    NoTime(
        /// The claim.
        &'static str,
    ),
    /// A JWT whose `nbf` lies ahead.
    #[error("the token is not good before its nbf: wait until then, or log in again")]
    TooEarly,
    /// A JWT with `crit`.
    #[error("the token's crit asks for what is not known here: log in again for a token without it")]
    Critical,
}

impl Failure {
    /// The refusal of credentials that nobody knows.
    pub fn unknown_credentials() -> Self {
        Self::AuthInvalid { problem: BadCredentials::Unknown }
    }

    /// The refusal of a ticker; what is quoted back is bounded.
    pub fn invalid_ticker(given: &str) -> Self {
        Self::InvalidTicker { given: quoted(given) }
    }

    /// The refusal of a parameter; what is quoted back is bounded.
    pub fn unknown_parameter(given: &str) -> Self {
        Self::UnknownParameter { given: quoted(given) }
    }

    /// When to come back, if that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}

/// The beginning of what a client sent, short enough to send back.
fn quoted(given: &str) -> String {
    given.chars().take(20).collect()
}
