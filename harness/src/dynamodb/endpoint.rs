//! Where a table is reached.

/// A DynamoDB that listens somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and port: `http://127.0.0.1:41873`.
    pub url: String,
}

impl Endpoint {
    /// The one that listens at this URL.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }
}
