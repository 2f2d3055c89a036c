//! The SDK without a server around it: the calls that others are held against.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_http_client::Builder;

use crate::world::{CANDLES, FIRST, LAST, TABLE, TICKER};

/// The attributes that the server reads.
const PROJECTION: [&str; 12] = [
    "SK",
    "open",
    "high",
    "low",
    "close",
    "volume",
    "fetched_at",
    "fetched_window",
    "is_closed",
    "ExpiresAt",
    "adjusted_by",
    "on_ex_date",
];

/// A client of the table.
pub(crate) struct Raw(Client);

impl Raw {
    /// A client of the table at this URL.
    pub(crate) fn at(url: &str) -> Self {
        Self(Client::from_conf(
            Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::from_static("us-east-1"))
                .credentials_provider(Credentials::new("candlecheck", "candlecheck", None, None, "bench"))
                .endpoint_url(url)
                .http_client(Builder::new().build_http())
                .build(),
        ))
    }

    /// Reads the year as the server does.
    pub(crate) async fn query(&self) -> anyhow::Result<()> {
        let mut query = self
            .0
            .query()
            .table_name(TABLE)
            .key_condition_expression("PK = :partition AND SK BETWEEN :from AND :to")
            .expression_attribute_values(":partition", AttributeValue::S(partition()))
            .expression_attribute_values(":from", AttributeValue::S(sort_key(FIRST)))
            .expression_attribute_values(":to", AttributeValue::S(sort_key(LAST)))
            .projection_expression(PROJECTION.map(|name| format!("#{name}")).join(", "));
        for name in PROJECTION {
            query = query.expression_attribute_names(format!("#{name}"), name);
        }
        let answer = query.send().await?;
        anyhow::ensure!(answer.items().len() == CANDLES, "the table has not {CANDLES} candles");
        Ok(())
    }

    /// Reads one candle.
    pub(crate) async fn get(&self) -> anyhow::Result<()> {
        let get = self.0.get_item().table_name(TABLE);
        let get = get.key("PK", AttributeValue::S(partition())).key("SK", AttributeValue::S(sort_key(LAST)));
        anyhow::ensure!(get.send().await?.item.is_some(), "the table has not the last candle");
        Ok(())
    }
}

fn partition() -> String {
    format!("{TICKER}#tiingo")
}

fn sort_key(date: &str) -> String {
    format!("D#{date}T00:00:00Z")
}
