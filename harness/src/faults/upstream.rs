//! The connections to the tier, kept alive.

use anyhow::Context;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{CONNECTION, TRANSFER_ENCODING};
use hyper::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;

use super::Answer;
use super::tasks::Tasks;

/// A tier, spoken to in plain HTTP.
pub(super) struct Upstream {
    client: Client<HttpConnector, Full<Bytes>>,
    address: Uri,
}

impl Upstream {
    /// The tier at this URL; its connections are tasks of this group.
    pub(super) fn at(url: &str, tasks: &Tasks) -> anyhow::Result<Self> {
        let address: Uri = url.parse().with_context(|| format!("{url:?} is no URL"))?;
        anyhow::ensure!(address.scheme_str() == Some("http"), "the fault proxy speaks plain HTTP only, not {url:?}");
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(tasks.clone()).build(connector);
        Ok(Self { client, address })
    }

    /// Sends a request with its headers as they are, and reads the whole answer.
    pub(super) async fn send(&self, mut request: Request<Bytes>) -> anyhow::Result<Answer> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let uri = Uri::builder()
            .scheme("http")
            .authority(self.address.authority().map_or("", |authority| authority.as_str()))
            .path_and_query(path)
            .build()?;
        *request.uri_mut() = uri;
        request.headers_mut().remove(CONNECTION);
        request.headers_mut().remove(TRANSFER_ENCODING);
        let (mut head, body) = self.client.request(request.map(Full::new)).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        // Both belong to the tier's connection, not to the caller's.
        head.headers.remove(CONNECTION);
        head.headers.remove(TRANSFER_ENCODING);
        Ok(Answer::received(hyper::Response::from_parts(head, body)))
    }
}
