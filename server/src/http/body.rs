//! A request's body: how much of it may come, until when, and what it says. No more than one endpoint wants one.

use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use serde::{Deserialize, Deserializer};
use tokio::time::timeout;
use utoipa::ToSchema;

use crate::error::Failure;
use crate::policy::{Bytes, policy};

policy! {
    /// What is taken of a request's body.
    BodyPolicy "body" {
        values {
            /// How long a client may take for a body, once its head is there.
            timeout: Duration = Duration::from_secs(10), setting "OHLC_BODY_TIMEOUT", from "decisions.md#bodies";
            /// How many bytes a body may have.
            most_bytes: Bytes = Bytes::kibi(64), setting "OHLC_BODY_BYTES", from "decisions.md#bodies";
        }
        functions {
            /// What a body asks to invalidate.
            asked: fn(&[u8]) -> Option<Asked> = asked, decides "an object that names a ticker, or nothing at all; anything else asks for nothing",
                shows [(b"{}"), (b"null")], from "decisions.md#invalidation-body";
        }
    }
}

/// What to invalidate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// One ticker; everything when it is left out.
    #[serde(default, deserialize_with = "given")]
    #[schema(example = "AAPL", value_type = String, required = false)]
    pub ticker: Option<String>,
}

/// A text, and no null in its place.
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    String::deserialize(value).map(Some)
}

/// What an object asks to invalidate; a list would be read as the fields in their order.
pub fn asked(body: &[u8]) -> Option<Asked> {
    let object = body.trim_ascii_start().starts_with(b"{");
    object.then(|| serde_json::from_slice(body).ok()).flatten()
}

/// The whole of a body. One that says it is too long is not even begun.
pub(super) async fn whole(body: Body, policy: &BodyPolicy) -> Result<bytes::Bytes, Failure> {
    if body.size_hint().lower() > policy.most_bytes.0 {
        return Err(Failure::InvalidBody);
    }
    match timeout(policy.timeout, to_bytes(body, policy.most_bytes.count())).await {
        Ok(read) => read.map_err(|_| Failure::InvalidBody),
        Err(_) => Err(Failure::BodyTooSlow),
    }
}
