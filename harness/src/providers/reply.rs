//! An answer of a provider, before it is put on a wire: what the double makes, and what a scenario makes of it or says in
//! its place.

use std::convert::Infallible;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use futures_util::future::ready;
use futures_util::stream::{self, StreamExt, unfold};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::header::{CONTENT_LENGTH, DATE};
use hyper::{Response, StatusCode};
use tokio::task::yield_now;
use tokio::time::sleep;
use wiremock::ResponseTemplate;

use crate::gate::Barrier;

/// A body on its way.
pub(super) type Sent = UnsyncBoxBody<Bytes, Infallible>;

/// Any status, any headers, any body.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Whole(Bytes),
    /// This again and again, with pauses, and no end.
    Endless(Bytes, Duration),
    /// Half of it; the other half when the barrier lets it pass, or never, where there is none.
    Halves(Bytes, Option<Barrier>),
}

impl Reply {
    /// A body that calls itself this, whether it is or not.
    pub fn of(status: u16, mime: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), mime.as_bytes().to_vec())];
        Self { status, headers, content: Content::Whole(body.into()) }
    }

    /// A body that calls itself JSON, whether it is or not.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::of(status, "application/json", body.into())
    }

    /// What the gateway in front of an API says when the API says nothing.
    pub(super) fn gateway(status: u16) -> Self {
        let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
        let body = format!("<html><head><title>{status} {reason}</title></head><body>{reason}</body></html>");
        Self::of(status, "text/html", body)
    }

    /// What sends a client elsewhere.
    pub(super) fn redirect(location: &str) -> Self {
        Self::gateway(302).header("location", location)
    }

    pub(super) fn retry_after(self, seconds: Option<u32>) -> Self {
        seconds.into_iter().fold(self, |reply, seconds| reply.header("retry-after", &seconds.to_string()))
    }

    /// The same with another header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.as_bytes().to_vec()));
        self
    }

    /// The same with what becomes of its text.
    #[must_use]
    pub fn text(self, change: impl FnOnce(String) -> String) -> Self {
        self.bytes(|bytes| change(String::from_utf8_lossy(&bytes).into_owned()).into())
    }

    /// The same, sent again and again with a pause before each time, and no end.
    #[must_use]
    pub fn without_end(self, pause: Duration) -> Self {
        match self.content {
            Content::Whole(chunk) => Self { content: Content::Endless(chunk, pause), ..self },
            _ => self,
        }
    }

    /// The same, but the connection ends in the middle of its body.
    #[must_use]
    pub fn cut_off(self) -> Self {
        self.in_halves(None)
    }

    /// The same, whose second half comes when the gate opens. A scenario sees there that the first half is on its way.
    #[must_use]
    pub fn held_halfway(self, barrier: &Barrier) -> Self {
        self.in_halves(Some(barrier.clone()))
    }

    fn in_halves(self, between: Option<Barrier>) -> Self {
        match self.content {
            Content::Whole(bytes) => Self { content: Content::Halves(bytes, between), ..self },
            _ => self,
        }
    }

    /// The same in gzip.
    #[must_use]
    pub fn in_gzip(self) -> Self {
        self.coded("gzip", |bytes| {
            written(GzEncoder::new(Vec::new(), Compression::default()), bytes, GzEncoder::finish)
        })
    }

    /// The same in what HTTP calls deflate, which is zlib's format.
    #[must_use]
    pub fn in_deflate(self) -> Self {
        let zlib = || ZlibEncoder::new(Vec::new(), Compression::default());
        self.coded("deflate", |bytes| written(zlib(), bytes, ZlibEncoder::finish))
    }

    /// The same in what some servers take for deflate: without zlib's frame.
    #[must_use]
    pub fn in_bare_deflate(self) -> Self {
        let bare = || DeflateEncoder::new(Vec::new(), Compression::default());
        self.coded("deflate", |bytes| written(bare(), bytes, DeflateEncoder::finish))
    }

    fn coded(self, coding: &str, code: impl FnOnce(&[u8]) -> Vec<u8>) -> Self {
        self.bytes(|bytes| code(&bytes).into()).header("content-encoding", coding)
    }

    fn bytes(self, change: impl FnOnce(Bytes) -> Bytes) -> Self {
        match self.content {
            Content::Whole(bytes) => Self { content: Content::Whole(change(bytes)), ..self },
            _ => self,
        }
    }

    pub(super) fn status(&self) -> u16 {
        self.status
    }

    /// What the journal keeps of its body.
    pub(super) fn noted(&self) -> String {
        match &self.content {
            Content::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Content::Halves(bytes, None) => format!("half of {} bytes", bytes.len()),
            Content::Halves(bytes, Some(_)) => format!("{} bytes in two halves", bytes.len()),
            Content::Endless(bytes, _) => format!("{} bytes again and again", bytes.len()),
        }
    }

    /// For a front of our own.
    pub(super) fn into_response(self) -> Response<Sent> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let body = match self.content {
            Content::Whole(bytes) => Full::new(bytes).boxed_unsync(),
            Content::Halves(bytes, between) => {
                // Told in advance: who gets half of it knows.
                response = response.header(CONTENT_LENGTH, bytes.len());
                let (first, second) = (bytes.slice(..bytes.len() / 2), bytes.slice(bytes.len() / 2..));
                let second = stream::once(async move {
                    let Some(barrier) = between else {
                        // The first half leaves before the end is seen.
                        yield_now().await;
                        return None;
                    };
                    barrier.pass().await;
                    Some(second)
                });
                let halves = stream::iter([Some(first)]).chain(second).filter_map(ready);
                let halves = halves.map(|half| Ok(Frame::data(half)));
                StreamBody::new(halves).boxed_unsync()
            }
            Content::Endless(chunk, pause) => {
                let chunks = unfold(chunk, move |chunk| async move {
                    sleep(pause).await;
                    Some((Ok(Frame::data(chunk.clone())), chunk))
                });
                StreamBody::new(chunks).boxed_unsync()
            }
        };
        response.body(body).expect("a status between 100 and 999, and headers that are some")
    }

    /// For wiremock, which makes no answer without an end, and none in halves.
    pub(super) fn into_template(self) -> ResponseTemplate {
        let (status, noted) = (self.status, self.noted());
        let body = match self.content {
            Content::Whole(bytes) => bytes.into(),
            _ => noted.into_bytes(),
        };
        let mime = self.headers.iter().find(|(name, _)| name == "content-type").map(|(_, mime)| mime);
        let mime = mime.map(|mime| String::from_utf8_lossy(mime).into_owned()).unwrap_or_default();
        ResponseTemplate::new(status).set_body_raw(body, &mime)
    }
}

impl From<Response<Bytes>> for Reply {
    /// What wiremock has answered. How long its body is may change, and the time is the front's own.
    fn from(answered: Response<Bytes>) -> Self {
        let (head, body) = answered.into_parts();
        let kept = head.headers.iter().filter(|(name, _)| ![CONTENT_LENGTH, DATE].contains(name));
        let headers = kept.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
        Self { status: head.status.as_u16(), headers, content: Content::Whole(body) }
    }
}

fn written<W: Write>(mut encoder: W, bytes: &[u8], finish: fn(W) -> std::io::Result<Vec<u8>>) -> Vec<u8> {
    encoder.write_all(bytes).and_then(|()| finish(encoder)).expect("a vector takes everything")
}
