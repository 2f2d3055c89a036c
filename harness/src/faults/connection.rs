//! The connections to a tier, kept alive.

use anyhow::Context;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http_body_util::{BodyExt, Full};
use hyper::header::{CONNECTION, TRANSFER_ENCODING};
use hyper::{Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, ResponseFuture};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;

use super::tasks::Tasks;
use super::{Answer, Call, Upstream};
use crate::dynamodb::Endpoint;

/// A tier, spoken to in plain HTTP or, where its URL says so, over TLS.
pub struct Connection {
    client: Kept,
    tasks: Tasks,
    address: Uri,
    endpoint: Endpoint,
}

enum Kept {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Connection {
    /// The tier at this endpoint.
    ///
    /// # Errors
    /// When its URL is not a valid one.
    pub fn to(endpoint: impl Into<Endpoint>) -> anyhow::Result<Self> {
        let (endpoint, tasks) = (endpoint.into(), Tasks::default());
        let url = &endpoint.url;
        let address: Uri = url.parse().with_context(|| format!("{url:?} is not a valid URL"))?;
        anyhow::ensure!(
            matches!(address.scheme_str(), Some("http" | "https")) && address.authority().is_some(),
            "{url:?} is not a valid URL of DynamoDB: it begins with http:// or https:// and names a host"
        );
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(tasks.clone());
        let client = match address.scheme_str() {
            Some("https") => {
                connector.enforce_http(false);
                let tls = HttpsConnectorBuilder::new().with_tls_config(tls()?).https_only().enable_http1();
                Kept::Tls(client.build(tls.wrap_connector(connector)))
            }
            _ => Kept::Plain(client.build(connector)),
        };
        Ok(Self { client, tasks, address, endpoint })
    }

    async fn pass(&self, mut request: Request<Bytes>) -> anyhow::Result<Answer> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri = Uri::builder()
            .scheme(self.address.scheme_str().unwrap_or("http"))
            .authority(self.address.authority().map_or("", |authority| authority.as_str()))
            .path_and_query(path)
            .build()?;
        *request.uri_mut() = uri;
        request.headers_mut().remove(CONNECTION);
        request.headers_mut().remove(TRANSFER_ENCODING);
        if let Some(signer) = &self.endpoint.signer {
            signer.sign(&mut request).context("signing a call")?;
        }
        let (mut head, body) = self.client.request(request.map(Full::new)).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        // Both belong to the tier's connection, not to the caller's.
        head.headers.remove(CONNECTION);
        head.headers.remove(TRANSFER_ENCODING);
        Ok(Answer::received(hyper::Response::from_parts(head, body)))
    }
}

impl Upstream for Connection {
    /// Sends a call with its headers as they are, and reads the whole answer.
    fn send(&self, call: Call) -> BoxFuture<'_, anyhow::Result<Answer>> {
        self.pass(call.into_request()).boxed()
    }

    fn end(&self) -> BoxFuture<'_, ()> {
        self.tasks.ended().boxed()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.tasks.end();
    }
}

impl Kept {
    fn request(&self, request: Request<Full<Bytes>>) -> ResponseFuture {
        match self {
            Self::Plain(client) => client.request(request),
            Self::Tls(client) => client.request(request),
        }
    }
}

fn tls() -> anyhow::Result<ClientConfig> {
    let provider = rustls::crypto::ring::default_provider().into();
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_platform_verifier()?.with_no_client_auth())
}
