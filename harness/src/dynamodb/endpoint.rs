//! Where a table is reached, and in whose name.

use std::sync::Arc;

use super::aws_table::Signer;

/// A DynamoDB that listens somewhere.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Scheme, host and port: `http://127.0.0.1:41873`.
    pub url: String,
    /// Who signs what the fault proxy passes on to it; nobody where a caller's own signature will do.
    pub(crate) signer: Option<Arc<Signer>>,
}

impl Endpoint {
    /// The one that listens at this URL, and takes any signature.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), signer: None }
    }

    /// The same one, where calls are signed anew in somebody's name.
    pub fn signed_by(self, signer: Signer) -> Self {
        Self { signer: Some(Arc::new(signer)), ..self }
    }
}

impl From<&str> for Endpoint {
    fn from(url: &str) -> Self {
        Self::at(url)
    }
}

impl From<&Endpoint> for Endpoint {
    fn from(endpoint: &Endpoint) -> Self {
        endpoint.clone()
    }
}
