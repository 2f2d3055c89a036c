//! JSON web tokens, as an issuer makes them, and as a forger does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde_json::{Value, json};

/// A token that is not signed yet.
#[derive(Debug, Clone)]
pub struct Jwt {
    head: Value,
    claims: Value,
}

/// A token with these claims, to be signed by HS256.
pub fn jwt(claims: Value) -> Jwt {
    Jwt { head: json!({"alg": "HS256", "typ": "JWT"}), claims }
}

impl Jwt {
    /// Its head says this too.
    #[must_use]
    pub fn with_head(mut self, name: &str, value: Value) -> Self {
        self.head[name] = value;
        self
    }

    /// Signed with a secret, by HS256 or, when its head says so, by HS384 or HS512.
    pub fn signed(&self, secret: &str) -> String {
        let algorithm = match self.head["alg"].as_str() {
            Some("HS384") => hmac::HMAC_SHA384,
            Some("HS512") => hmac::HMAC_SHA512,
            _ => hmac::HMAC_SHA256,
        };
        let unsigned = self.without_signature();
        let signature = hmac::sign(&hmac::Key::new(algorithm, secret.as_bytes()), unsigned.as_bytes());
        format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// What would be signed: head and claims.
    pub fn without_signature(&self) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}", part(&self.head), part(&self.claims))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::jwt;

    #[test]
    fn a_token_is_signed_as_others_sign_it() {
        let token = jwt(json!({"exp": 1_770_156_000})).signed("candlecheck signs its tokens with this");
        let expected =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3NzAxNTYwMDB9.rnA8Qek12gAbcttqWXemAPR-UL9FCJaXE0fvkHzU3Nw";
        assert_eq!(token, expected);
    }
}
