//! JSON web tokens: whose signature holds, and whose time is now.

use std::time::Duration;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::error::{BadCredentials, Failure};

/// What a token says.
pub type Claims = Map<String, Value>;

/// The claims of a token that this secret has signed.
///
/// # Errors
/// When it has not, by HS256; and when the head names an extension that has to be understood: none is.
pub fn signed(token: &str, secret: &str) -> Result<Claims, BadCredentials> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The library would ask the machine's clock, and round; ours is injected.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_secret(secret.as_bytes());
    let token = decode::<Claims>(token, &key, &validation).map_err(|_| BadCredentials::Unknown)?;
    match token.header.crit {
        None => Ok(token.claims),
        Some(_) => Err(BadCredentials::Critical),
    }
}

/// Whether claims are good now: `exp` is there and has not come, and `nbf` has, if it is there. What else a token says of
/// times decides nothing.
///
/// # Errors
/// What is not so.
pub fn in_time(claims: &Claims, now: DateTime<Utc>, leeway: Duration) -> Result<(), Failure> {
    let invalid = |problem| Failure::AuthInvalid { problem };
    let (now, leeway) = (Decimal::new(now.timestamp_micros(), 6), seconds(leeway));
    let end = time(claims, "exp").map_err(invalid)?.ok_or(invalid(BadCredentials::Endless))?;
    if end <= now - leeway {
        return Err(Failure::AuthExpired);
    }
    match time(claims, "nbf").map_err(invalid)? {
        Some(beginning) if beginning > now + leeway => Err(invalid(BadCredentials::TooEarly)),
        _ => Ok(()),
    }
}

/// A claim as seconds since 1970, if it is there. A NumericDate is any JSON number.
fn time(claims: &Claims, claim: &'static str) -> Result<Option<Decimal>, BadCredentials> {
    let Some(value) = claims.get(claim) else { return Ok(None) };
    let number = value.as_number().map(ToString::to_string).ok_or(BadCredentials::NoTime(claim))?;
    let read = number.parse().or_else(|_| Decimal::from_scientific(&number));
    read.map(Some).map_err(|_| BadCredentials::NoTime(claim))
}

fn seconds(duration: Duration) -> Decimal {
    Decimal::from(duration.as_secs()) + Decimal::new(i64::from(duration.subsec_micros()), 6)
}
