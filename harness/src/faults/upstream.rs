//! The connections to the tier, kept alive.

use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{ACCEPT_ENCODING, CONNECTION, TRANSFER_ENCODING};
use hyper::{Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, ResponseFuture};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use serde_json::json;

use super::tasks::Tasks;
use super::{Answer, Call};
use crate::dynamodb::{Compartment, Endpoint, Refused};

/// A tier, spoken to in plain HTTP or, where its URL says so, over TLS.
pub(super) struct Upstream {
    client: Connections,
    address: Uri,
    endpoint: Endpoint,
}

enum Connections {
    Plain(Client<HttpConnector, Full<Bytes>>),
    Tls(Client<HttpsConnector<HttpConnector>, Full<Bytes>>),
}

impl Upstream {
    /// The tier at this endpoint; its connections are tasks of this group.
    pub(super) fn at(endpoint: Endpoint, tasks: &Tasks) -> anyhow::Result<Self> {
        let url = &endpoint.url;
        let address: Uri = url.parse().with_context(|| format!("{url:?} is no URL"))?;
        anyhow::ensure!(
            matches!(address.scheme_str(), Some("http" | "https")) && address.authority().is_some(),
            "{url:?} is no URL that DynamoDB can have: it begins with http:// or https:// and names a host"
        );
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(tasks.clone());
        let client = match address.scheme_str() {
            Some("https") => {
                connector.enforce_http(false);
                let tls = HttpsConnectorBuilder::new().with_tls_config(tls()?).https_only().enable_http1();
                Connections::Tls(client.build(tls.wrap_connector(connector)))
            }
            _ => Connections::Plain(client.build(connector)),
        };
        Ok(Self { client, address, endpoint })
    }

    /// Sends a call with its headers as they are, and reads the whole answer.
    pub(super) async fn send(&self, call: Call) -> anyhow::Result<Answer> {
        match &self.endpoint.compartment {
            Some(compartment) => self.send_into(compartment, call).await,
            None => self.pass(call.into_request()).await,
        }
    }

    /// Sends a call that is kept to a part of a shared table.
    async fn send_into(&self, compartment: &Compartment, call: Call) -> anyhow::Result<Answer> {
        let (operation, items) = (call.operation().to_owned(), call.accesses().len());
        let body = match compartment.inward(&operation, call.json()) {
            Ok(body) => body,
            Err(refused) => return Ok(refusal(&refused)),
        };
        let mut request = call.with_body(&body).into_request();
        // The answer has to be read here.
        request.headers_mut().remove(ACCEPT_ENCODING);
        let _open = compartment.ledger().enter().await;
        let answer = self.pass(request).await?;
        compartment.ledger().note(&operation, items, answer.body().len());
        let body = answer.json();
        match body.is_object() {
            true => Ok(answer.with_body(compartment.outward(body).to_string())),
            false => Ok(answer),
        }
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

impl Connections {
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

/// What a server gets for a call that has no place in a shared table.
fn refusal(refused: &Refused) -> Answer {
    let kind = "com.amazon.coral.service#AccessDeniedException";
    Answer::new(StatusCode::BAD_REQUEST, &json!({ "__type": kind, "message": refused.to_string() }))
}
