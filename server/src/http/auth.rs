//! Who may ask: bearer tokens of the settings, or HS256 tokens when a secret is set.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::jwt::{self, Claims};
use crate::clock::Clock;
use crate::error::{BadCredentials, Failure};
use crate::policy::{Value, policy};

policy! {
    /// Who may do what.
    AuthPolicy "auth" {
        values {
            /// Who may invalidate: it takes away what everybody else reads.
            invalidates: Authority = Authority::Admin, or "whoever may read", from "decisions.md#admin-token";
            /// By how much the clocks of those who issue tokens may be wrong.
            leeway: Duration = Duration::from_secs(60), setting "OHLC_JWT_LEEWAY", from "decisions.md#token-times";
        }
        functions {
            /// The one header with credentials.
            credentials: fn(&HeaderMap) -> Result<&str, Failure> = credentials,
                decides "the only Authorization header; more than one is none",
                shows [(&headers("authorization", "Bearer one")), (&headers("x-request-id", "one"))], from "decisions.md#one-authorization";
            /// Whether a token that was sent is one of the settings.
            same: fn(&str, &str) -> bool = same, decides "byte for byte, in a time that does not tell how much of it was right",
                shows [("candlecheck", "candlecheck"), ("Candlecheck", "candlecheck")], from "decisions.md#whole-tokens";
            /// The claims of a JWT, given a secret.
            signed: fn(&str, &str) -> Result<Claims, BadCredentials> = jwt::signed,
                decides "those that HS256 and the secret have signed, if nothing in the head is critical",
                shows [(JWT, JWT_SECRET), (JWT, "another secret")], from "decisions.md#whole-tokens";
            /// Whether claims are good at an instant, given the leeway.
            in_time: fn(&Claims, DateTime<Utc>, Duration) -> Result<(), Failure> = jwt::in_time,
                decides "before exp and after nbf, fractions of seconds and the leeway included",
                shows [(&claims(), at("2026-02-03T21:00:00Z"), Duration::ZERO), (&claims(), at("2026-02-03T22:00:00Z"), Duration::ZERO)],
                from "decisions.md#token-times";
        }
    }
}

/// What a request must show to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// Credentials that may read.
    Reader,
    /// An admin's token.
    Admin,
}

impl Value for Authority {
    fn show(&self) -> String {
        match self {
            Self::Reader => "whoever may read".into(),
            Self::Admin => "whoever has an admin token".into(),
        }
    }
}

/// Knows the tokens.
pub struct Gatekeeper {
    /// Who may do what.
    pub policy: AuthPolicy,
    /// Tokens that may read.
    pub readers: Vec<SecretString>,
    /// Tokens that may also invalidate.
    pub admins: Vec<SecretString>,
    /// The secret of HS256 tokens, if such are taken.
    pub jwt_secret: Option<SecretString>,
    /// The calendar.
    pub clock: Arc<dyn Clock>,
}

impl Gatekeeper {
    /// Lets in who has this authority.
    ///
    /// # Errors
    /// 401, saying whether credentials are missing, expired or wrong; 403 with a reader's where an admin's are needed.
    pub fn admit(&self, headers: &HeaderMap, needed: Authority) -> Result<(), Failure> {
        let token = bearer((self.policy.credentials)(headers)?)?;
        if self.is_among(token, &self.admins) {
            return Ok(());
        }
        if !self.is_among(token, &self.readers) {
            self.check_jwt(token)?;
        }
        match needed {
            Authority::Reader => Ok(()),
            Authority::Admin => Err(Failure::Forbidden),
        }
    }

    fn check_jwt(&self, token: &str) -> Result<(), Failure> {
        let secret = self.jwt_secret.as_ref().ok_or_else(Failure::unknown_credentials)?;
        let claims = (self.policy.signed)(token, secret.expose_secret());
        let claims = claims.map_err(|problem| Failure::AuthInvalid { problem })?;
        (self.policy.in_time)(&claims, self.clock.now(), self.policy.leeway)
    }

    /// Compares with every token, so that the time does not tell which one was right.
    fn is_among(&self, token: &str, tokens: &[SecretString]) -> bool {
        tokens.iter().fold(false, |found, known| found | (self.policy.same)(token, known.expose_secret()))
    }
}

/// The text of the one header that says who asks.
///
/// # Errors
/// When there is none, or another one besides.
pub fn credentials(headers: &HeaderMap) -> Result<&str, Failure> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let header = all.next().ok_or(Failure::AuthMissing)?;
    if all.next().is_some() {
        return Err(Failure::AuthInvalid { problem: BadCredentials::Doubled });
    }
    header.to_str().map_err(|_| Failure::unknown_credentials())
}

fn bearer(credentials: &str) -> Result<&str, Failure> {
    let (scheme, token) = credentials.split_once(' ').ok_or_else(Failure::unknown_credentials)?;
    let token = token.trim();
    match scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() {
        true => Ok(token),
        false => Err(Failure::unknown_credentials()),
    }
}

/// Whether two tokens are the same, in a time that does not tell how much of one was right.
pub fn same(given: &str, known: &str) -> bool {
    given.as_bytes().ct_eq(known.as_bytes()).into()
}
