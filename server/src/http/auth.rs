//! Who may ask: bearer tokens of the settings, or HS256 tokens when a secret is set.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::clock::Clock;
use crate::error::Failure;
use crate::policy::{Value, policy};

policy! {
    /// Who may do what.
    AuthPolicy "auth" {
        values {
            /// Who may invalidate: it takes away what everybody else reads.
            invalidates: Authority = Authority::Admin, or "whoever may read", from "decisions.md#admin-token";
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
    readers: Vec<SecretString>,
    admins: Vec<SecretString>,
    jwt: Option<DecodingKey>,
    clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
struct Claims {
    exp: i64,
}

impl Gatekeeper {
    /// A gatekeeper for these tokens and this secret.
    pub fn new(
        readers: Vec<SecretString>,
        admins: Vec<SecretString>,
        jwt_secret: Option<SecretString>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let jwt = jwt_secret.map(|secret| DecodingKey::from_secret(secret.expose_secret().as_bytes()));
        Self { readers, admins, jwt, clock }
    }

    /// Lets in who has this authority.
    ///
    /// # Errors
    /// 401, saying whether credentials are missing, expired or wrong; 403 with a reader's where an admin's are needed.
    pub fn admit(&self, headers: &HeaderMap, needed: Authority) -> Result<(), Failure> {
        let token = bearer(headers)?;
        if among(token, &self.admins) {
            return Ok(());
        }
        if !among(token, &self.readers) {
            self.check_jwt(token)?;
        }
        match needed {
            Authority::Reader => Ok(()),
            Authority::Admin => Err(Failure::Forbidden),
        }
    }

    fn check_jwt(&self, token: &str) -> Result<(), Failure> {
        let key = self.jwt.as_ref().ok_or(Failure::AuthInvalid)?;
        let mut validation = Validation::new(Algorithm::HS256);
        // The library would ask the machine's clock; ours is injected. `exp` must be there all the same.
        validation.validate_exp = false;
        validation.validate_aud = false;
        let claims = decode::<Claims>(token, key, &validation).map_err(|_| Failure::AuthInvalid)?.claims;
        match claims.exp <= self.clock.now().timestamp() {
            true => Err(Failure::AuthExpired),
            false => Ok(()),
        }
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, Failure> {
    let header = headers.get(AUTHORIZATION).ok_or(Failure::AuthMissing)?;
    let (scheme, token) = header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(Failure::AuthInvalid)?;
    let token = token.trim();
    match scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() {
        true => Ok(token),
        false => Err(Failure::AuthInvalid),
    }
}

/// Compares with every token, in a time that does not tell which one, or how much of it, was right.
fn among(token: &str, tokens: &[SecretString]) -> bool {
    let found = tokens.iter().map(|known| known.expose_secret().as_bytes().ct_eq(token.as_bytes()));
    found.fold(subtle::Choice::from(0), |found, equal| found | equal).into()
}
