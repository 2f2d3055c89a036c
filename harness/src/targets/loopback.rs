//! A client for loopback. It never needs TLS, but the library wants to be told which one that would be.

use std::sync::Arc;
use std::time::Duration;

/// A client that waits so long for an answer.
pub(crate) fn client(patience: Duration) -> anyhow::Result<reqwest::Client> {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls).timeout(patience).no_proxy().build()?)
}
