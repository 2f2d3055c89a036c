//! The HTTP clients that carry calls to providers.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Request, Response};
use rustls::RootCertStore;
use rustls_platform_verifier::BuilderVerifierExt;

use super::ProviderPolicy;
use super::room::Room;

/// TLS could not be set up.
#[derive(Debug, thiserror::Error)]
#[error(
    "TLS could not be set up: {0}; install the certificates of this system, for example its package ca-certificates"
)]
pub struct TlsError(String);

/// What all providers share: the HTTP clients, and room for what they bring.
#[derive(Clone)]
pub(super) struct Clients {
    /// Keeps its connections.
    pub(super) kept: Client,
    /// Opens a connection for each call.
    pub(super) fresh: Client,
    /// For the answers that are being read.
    pub(super) room: Arc<Room>,
}

impl Clients {
    /// Clients for providers that are there. The certificates of the system are read only for those that speak TLS:
    /// reading them is most of what a start costs.
    pub(super) fn new(policy: &ProviderPolicy, base_urls: &[&str]) -> Result<Self, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| match base_urls.iter().all(|url| url.starts_with("http:")) {
                true => Ok(builder.with_root_certificates(RootCertStore::empty())),
                false => builder.with_platform_verifier(),
            })
            .map_err(|cause| TlsError(cause.to_string()))?
            .with_no_client_auth();
        // A redirect would take the key to another host.
        let builder = || {
            let builder = Client::builder().tls_backend_preconfigured(tls.clone());
            builder.timeout(policy.timeout).redirect(Policy::none())
        };
        let built = |builder: ClientBuilder| builder.build().map_err(|cause| TlsError(cause.to_string()));
        let (kept, fresh) = (built(builder())?, built(builder().pool_max_idle_per_host(0))?);
        Ok(Self { kept, fresh, room: Arc::new(Room::of(policy)) })
    }
}

/// A call goes to the provider, each time: what is cached is cached in memory and in the table, and nowhere else.
pub fn call(client: &Client, call: Request) -> BoxFuture<'static, reqwest::Result<Response>> {
    let client = client.clone();
    async move { client.execute(call).await }.boxed()
}

/// Whether a call ended because the connection did, before an answer began: as a kept connection ends that its other side
/// has closed meanwhile.
pub(super) fn ended_under(failed: &reqwest::Error) -> bool {
    let mut cause = failed.source().filter(|_| failed.is_request() && !failed.is_connect());
    while let Some(known) = cause {
        if tells_of_an_end(known) {
            return true;
        }
        cause = known.source();
    }
    false
}

fn tells_of_an_end(cause: &(dyn Error + 'static)) -> bool {
    match (cause.downcast_ref::<hyper::Error>(), cause.downcast_ref::<io::Error>()) {
        (Some(cause), _) => cause.is_incomplete_message() || cause.is_canceled() || cause.is_closed(),
        (_, Some(cause)) => matches!(cause.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
        _ => false,
    }
}
