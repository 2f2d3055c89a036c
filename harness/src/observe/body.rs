//! A body on the wire, read as JSON only when someone looks: most never are.

use std::ops::Deref;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::Value;

/// A body as JSON; a JSON string when it is not JSON, `Null` when there is none.
#[derive(Debug, Clone)]
pub struct Body {
    bytes: Bytes,
    json: OnceLock<Value>,
}

impl Deref for Body {
    type Target = Value;

    fn deref(&self) -> &Value {
        self.json.get_or_init(|| read(&self.bytes))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, json: OnceLock::new() }
    }
}

impl From<Value> for Body {
    fn from(json: Value) -> Self {
        Self { bytes: Bytes::new(), json: OnceLock::from(json) }
    }
}

/// Bytes as JSON; a JSON string when they are not JSON, `Null` when there are none.
pub(crate) fn read(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}
