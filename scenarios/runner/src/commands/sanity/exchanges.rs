//! The requests of a sanity run, and what came back.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use harness::Reply;
use reqwest::Url;
use reqwest::redirect::Policy;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::exit::Exit;

/// How many requests are sent in all, one after the other.
pub(super) const REQUESTS: usize = 5;
/// The window that is asked for. A month always holds sessions.
pub(super) const RANGE: &str = "1M";
/// The deadline of the contract, and the network on top.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks one deployment for one ticker.
pub(super) struct Client {
    http: reqwest::Client,
    base: String,
    ticker: String,
    token: String,
}

/// Nobody is there.
pub(super) struct Unreachable(pub(super) String);

/// What came of all requests.
pub(super) struct Exchanges {
    pub(super) ticker: String,
    pub(super) all: Vec<Exchange>,
    /// Why there are fewer than there should be.
    pub(super) silence: Option<String>,
    pub(super) took: Duration,
}

/// One request.
pub(super) struct Exchange {
    /// The ID that it carried.
    pub(super) request_id: String,
    pub(super) reply: Reply,
    /// When the answer was there, since the first request.
    pub(super) at: Duration,
    pub(super) took: Duration,
}

impl Client {
    /// A client of the deployment at this URL.
    pub(super) fn to(url: &str, ticker: &str, token: impl FnOnce() -> Result<String, Exit>) -> Result<Self, Exit> {
        let refused = |advice: &str| Exit::Usage(format!("{url}: {advice}"));
        let parsed = Url::parse(url).map_err(|_| refused("not a valid URL; for example https://ohlc.example.com"))?;
        let local = parsed.host_str().is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host));
        match parsed.scheme() {
            "https" => {}
            "http" if local => {}
            "http" => return Err(refused("would send the token unencrypted; use https://")),
            _ => return Err(refused("not an HTTP address; use https://")),
        }
        if parsed.query().is_some() || parsed.fragment().is_some() {
            return Err(refused("give the address of the server, without a query"));
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
        if ticker.is_empty() || !ticker.chars().all(plain) {
            return Err(Exit::Usage(format!("not a valid ticker `{ticker}`; for example AAPL or BRK.B")));
        }
        let base = parsed.as_str().trim_end_matches('/').to_owned();
        Ok(Self { token: token()?, http: http()?, base, ticker: ticker.to_uppercase() })
    }

    /// Where the server is.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Sends all requests, and stops at the first that gets no answer.
    pub(super) async fn exchanges(&self) -> Result<Exchanges, Unreachable> {
        let started = Instant::now();
        let (mut all, mut silence) = (Vec::new(), None);
        for number in 1..=REQUESTS {
            let asked = Instant::now();
            let request_id = format!("candlecheck-sanity-{}-{number}", std::process::id());
            match self.ask(&request_id).await {
                Ok(reply) => all.push(Exchange { request_id, reply, at: started.elapsed(), took: asked.elapsed() }),
                Err(cause) if cause.is_connect() && all.is_empty() => return Err(Unreachable(root(&cause))),
                Err(cause) => {
                    silence = Some(format!("request {number} got no answer: {}", root(&cause)));
                    break;
                }
            }
        }
        Ok(Exchanges { ticker: self.ticker.clone(), all, silence, took: started.elapsed() })
    }

    async fn ask(&self, request_id: &str) -> reqwest::Result<Reply> {
        let url = format!("{}/api/v2/tickers/{}/ohlc?range={RANGE}&resolution=D", self.base, self.ticker);
        let response = self.http.get(url).bearer_auth(&self.token).header("x-request-id", request_id).send().await?;
        let status = response.status().as_u16();
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers: BTreeMap<_, _> =
            response.headers().iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
        Ok(Reply::new(status, headers, response.text().await?, Arc::default()))
    }
}

/// The last of the causes, which says what happened. None of them holds the token.
fn root(cause: &reqwest::Error) -> String {
    let mut cause: &dyn Error = cause;
    while let Some(below) = cause.source() {
        cause = below;
    }
    cause.to_string()
}

/// A client that trusts whom this machine trusts, and goes where it is sent and nowhere else.
fn http() -> Result<reqwest::Client, Exit> {
    let no_tls = |cause: String| {
        Exit::NotThere(format!(
            "TLS could not be set up: {cause}; install the certificates of this system, for example the package \
             ca-certificates"
        ))
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|cause| no_tls(cause.to_string()))?
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).timeout(PATIENCE);
    client.build().map_err(|cause| no_tls(cause.to_string()))
}
