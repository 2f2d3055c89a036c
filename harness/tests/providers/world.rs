//! A market with both providers, and a client that asks them as a server would.

use std::collections::BTreeMap;

use anyhow::Context;
use bytes::Bytes;
use harness::gate::PATIENCE;
use harness::observe::journal::Journal;
use harness::providers::{Market, Provider};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::{HeaderMap, Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::value::RawValue;

pub(crate) const KEY: &str = "3f1c-key-of-the-test";

pub(crate) struct World {
    pub(crate) journal: Journal,
    pub(crate) market: Market,
    pub(crate) tiingo: Provider,
    pub(crate) finnhub: Provider,
    client: Client<HttpConnector, Empty<Bytes>>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A JSON object whose values keep their exact text.
pub(crate) type Row = BTreeMap<String, String>;

impl World {
    pub(crate) async fn new() -> anyhow::Result<Self> {
        Self::of_seed(7).await
    }

    pub(crate) async fn of_seed(seed: u64) -> anyhow::Result<Self> {
        let (market, journal) = (Market::new(seed), Journal::default());
        Ok(Self {
            tiingo: Provider::tiingo(&market, &journal, KEY).await?,
            finnhub: Provider::finnhub(&market, &journal, KEY).await?,
            client: Client::builder(TokioExecutor::new()).build_http(),
            journal,
            market,
        })
    }

    pub(crate) async fn daily(&self, ticker: &str, first: &str, last: &str) -> anyhow::Result<Answer> {
        let target = format!("/tiingo/daily/{ticker}/prices?startDate={first}&endDate={last}");
        self.ask_tiingo(&target, Some(KEY)).await
    }

    pub(crate) async fn intraday(&self, ticker: &str, frequency: &str, from: &str, to: &str) -> anyhow::Result<Answer> {
        let columns = "columns=open,high,low,close,volume";
        let target = format!("/iex/{ticker}/prices?startDate={from}&endDate={to}&resampleFreq={frequency}&{columns}");
        self.ask_tiingo(&target, Some(KEY)).await
    }

    pub(crate) async fn candle(&self, ticker: &str, resolution: &str, from: i64, to: i64) -> anyhow::Result<Answer> {
        let target = format!("/stock/candle?symbol={ticker}&resolution={resolution}&from={from}&to={to}");
        self.ask_finnhub(&target, Some(KEY)).await
    }

    pub(crate) async fn ask_tiingo(&self, target: &str, key: Option<&str>) -> anyhow::Result<Answer> {
        let key = key.map(|key| ("authorization", format!("Token {key}")));
        self.ask(&format!("{}{target}", self.tiingo.url()), key).await
    }

    pub(crate) async fn ask_finnhub(&self, target: &str, key: Option<&str>) -> anyhow::Result<Answer> {
        let key = key.map(|key| ("x-finnhub-token", key.to_owned()));
        self.ask(&format!("{}{target}", self.finnhub.url()), key).await
    }

    /// Asks Tiingo, and takes the answer's body as it comes.
    pub(crate) async fn send(&self, target: &str) -> anyhow::Result<Response<Incoming>> {
        let key = ("authorization", format!("Token {KEY}"));
        self.answered(&format!("{}{target}", self.tiingo.url()), Some(key)).await
    }

    async fn answered(&self, url: &str, key: Option<(&str, String)>) -> anyhow::Result<Response<Incoming>> {
        let mut request = Request::get(url);
        if let Some((name, value)) = key {
            request = request.header(name, value);
        }
        Ok(tokio::time::timeout(PATIENCE, self.client.request(request.body(Empty::new())?)).await??)
    }

    async fn ask(&self, url: &str, key: Option<(&str, String)>) -> anyhow::Result<Answer> {
        let (head, body) = self.answered(url, key).await?.into_parts();
        let body = String::from_utf8(body.collect().await?.to_bytes().into())?;
        Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
    }
}

impl Answer {
    pub(crate) fn rows(&self) -> anyhow::Result<Vec<Row>> {
        let rows: Vec<BTreeMap<String, Box<RawValue>>> =
            serde_json::from_str(&self.body).with_context(|| self.body.clone())?;
        Ok(rows.into_iter().map(texts).collect())
    }

    /// One field of every row, as it was written.
    pub(crate) fn column(&self, field: &str) -> anyhow::Result<Vec<String>> {
        let value = |row: Row| row.get(field).cloned().with_context(|| format!("no {field} in {row:?}"));
        self.rows()?.into_iter().map(value).collect()
    }

    /// The dates of all rows, without quotation marks.
    pub(crate) fn dates(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.column("date")?.iter().map(|date| date.trim_matches('"').to_owned()).collect())
    }
}

fn texts(row: BTreeMap<String, Box<RawValue>>) -> Row {
    row.into_iter().map(|(name, value)| (name, value.get().to_owned())).collect()
}
