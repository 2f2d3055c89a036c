//! A tier, a proxy in front of it, and an SDK client in the server's place.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use bytes::Bytes;
use harness::dynamodb::{Embedded, Item, Table};
use harness::faults::FaultProxy;
use harness::observe::journal::{Exchange, Journal, Peer};
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

pub(crate) const TABLE: &str = "lab-table";
pub(crate) const AAPL: &str = "AAPL#tiingo";

pub(crate) struct World {
    pub(crate) tier: Embedded,
    pub(crate) proxy: FaultProxy,
    pub(crate) journal: Journal,
    /// Straight at the tier.
    pub(crate) table: Table,
    /// Through the proxy.
    pub(crate) server: Client,
}

impl World {
    pub(crate) async fn new() -> anyhow::Result<Self> {
        Self::seeded(1).await
    }

    pub(crate) async fn seeded(seed: u64) -> anyhow::Result<Self> {
        let tier = Embedded::in_memory(|| 0)?;
        let journal = Journal::default();
        let proxy = FaultProxy::start(tier.endpoint(), journal.clone(), seed).await?;
        let table = Table::create(tier.endpoint(), TABLE).await?;
        let server = Client::from_conf(
            Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::from_static("us-east-1"))
                .credentials_provider(Credentials::new("server", "server", None, None, "test"))
                .endpoint_url(proxy.url())
                .http_client(aws_smithy_http_client::Builder::new().build_http())
                .retry_config(RetryConfig::disabled())
                .build(),
        );
        Ok(Self { tier, proxy, journal, table, server })
    }

    /// A world whose table holds candles of these days of January.
    pub(crate) async fn with_days(days: std::ops::RangeInclusive<u32>) -> anyhow::Result<Self> {
        let world = Self::new().await?;
        world.table.put_all(days.map(|day| candle(day, "150.125"))).await?;
        Ok(world)
    }

    /// The server writes one candle.
    pub(crate) fn put(&self, day: u32, open: &str) -> PutItemFluentBuilder {
        self.server.put_item().table_name(TABLE).set_item(Some(candle(day, open).into()))
    }

    /// The server reads these days, eventually consistent unless said otherwise.
    pub(crate) fn query(&self, from: u32, to: u32) -> QueryFluentBuilder {
        self.server
            .query()
            .table_name(TABLE)
            .key_condition_expression("PK = :pk AND SK BETWEEN :from AND :to")
            .expression_attribute_values(":pk", AttributeValue::S(AAPL.into()))
            .expression_attribute_values(":from", AttributeValue::S(sk(from)))
            .expression_attribute_values(":to", AttributeValue::S(sk(to)))
    }

    /// What is stored, whatever the server sees: sort key and open.
    pub(crate) async fn stored(&self) -> anyhow::Result<Vec<(String, String)>> {
        Ok(described(self.table.items_under(AAPL).await?))
    }

    /// The calls that went through the proxy.
    pub(crate) fn calls(&self) -> Vec<Exchange> {
        self.journal.to(Peer::DynamoDb)
    }
}

pub(crate) fn sk(day: u32) -> String {
    format!("D#2026-01-{day:02}")
}

pub(crate) fn candle(day: u32, open: &str) -> Item {
    Item::keyed(AAPL, sk(day)).with_n("open", open)
}

pub(crate) fn put_request(day: u32) -> anyhow::Result<WriteRequest> {
    let put = PutRequest::builder().set_item(Some(candle(day, "150.125").into())).build()?;
    Ok(WriteRequest::builder().put_request(put).build())
}

/// Sort key and open of what a query found.
pub(crate) fn found(answer: &QueryOutput) -> Vec<(String, String)> {
    described(answer.items().iter().cloned().map(Item::from))
}

/// Sort key and open of candles of these days.
pub(crate) fn days(days: impl IntoIterator<Item = u32>) -> Vec<(String, String)> {
    described(days.into_iter().map(|day| candle(day, "150.125")))
}

pub(crate) fn described(items: impl IntoIterator<Item = Item>) -> Vec<(String, String)> {
    let text = |value: Option<&str>| value.unwrap_or("none").to_owned();
    items.into_iter().map(|item| (text(item.s("SK")), text(item.n("open")))).collect()
}

/// One call in plain HTTP, to see what no SDK shows.
pub(crate) async fn raw(url: &str, operation: &str, body: &Value) -> anyhow::Result<Response<Bytes>> {
    let request = Request::post(url)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", format!("DynamoDB_20120810.{operation}"))
        .header("x-amz-date", "20260203T143000Z")
        .header(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=raw/20260203/us-east-1/dynamodb/aws4_request, \
             SignedHeaders=host, Signature=none",
        )
        .body(Full::new(Bytes::from(body.to_string())))?;
    let client = HttpClient::builder(TokioExecutor::new()).build_http();
    let (head, body) = client.request(request).await?.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
}

/// The checksum that an answer claims, and the one that its body has.
pub(crate) fn checksums(answer: &Response<Bytes>) -> (Option<String>, Option<String>) {
    let claimed = answer.headers().get("x-amz-crc32").and_then(|value| value.to_str().ok());
    (claimed.map(str::to_owned), Some(crc32fast::hash(answer.body()).to_string()))
}
