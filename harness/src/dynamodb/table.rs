//! The table as the harness sees it: straight at the tier, past the fault proxy.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, DeleteRequest, KeySchemaElement, KeyType, PutRequest,
    ScalarAttributeType, TableStatus, TimeToLiveSpecification, WriteRequest,
};
use chrono::{DateTime, Utc};
use futures_util::{TryStreamExt, stream};

use super::aws_table::Compartment;
use super::{Endpoint, Item};
use crate::dialect::Dialect;
use crate::gate::PATIENCE;
use crate::providers::Word;

/// How many items DynamoDB takes in one BatchWriteItem.
const BATCH: usize = 25;

/// How many batches are deleted at a time.
const SIDE_BY_SIDE: usize = 4;

/// One table with a client of its own, which never retries.
#[derive(Debug, Clone)]
pub struct Table {
    client: Client,
    name: String,
    dialect: Arc<Dialect>,
    /// Of a table that others use, too: the part to look at.
    part: Option<Arc<Compartment>>,
}

impl Table {
    /// A table that is there already.
    pub fn existing(endpoint: &Endpoint, name: &str) -> Self {
        Self { client: client(endpoint), name: name.to_owned(), dialect: Arc::default(), part: None }
    }

    /// The same table, in which a server names attributes in its own way. Items are in the contract's words here.
    #[must_use]
    pub fn in_words_of(self, dialect: Arc<Dialect>) -> Self {
        Self { dialect, ..self }
    }

    /// Creates the table as the contract wants it (PK and SK, on demand), with TTL off.
    ///
    /// # Errors
    /// When the tier refuses, or the table does not become active in time.
    pub async fn create(endpoint: &Endpoint, name: &str) -> anyhow::Result<Self> {
        let table = Self::existing(endpoint, name);
        let created = table
            .client
            .create_table()
            .table_name(name)
            .billing_mode(BillingMode::PayPerRequest)
            .attribute_definitions(string_attribute("PK")?)
            .attribute_definitions(string_attribute("SK")?)
            .key_schema(key("PK", KeyType::Hash)?)
            .key_schema(key("SK", KeyType::Range)?)
            .send()
            .await?;
        let status = created.table_description().and_then(|table| table.table_status());
        if status != Some(&TableStatus::Active) {
            table.client.wait_until_table_exists().table_name(name).wait(PATIENCE).await?;
        }
        Ok(table)
    }

    /// The table as [`Table::create`] makes it, unless it is there already.
    ///
    /// # Errors
    /// As for [`Table::create`], and when the tier cannot be asked for its tables.
    pub async fn create_if_missing(endpoint: &Endpoint, name: &str) -> anyhow::Result<Self> {
        let table = Self::existing(endpoint, name);
        let tables = table.client.list_tables().into_paginator().items().send().collect::<Result<Vec<_>, _>>().await?;
        match tables.iter().any(|known| known == name) {
            true => Ok(table),
            false => Self::create(endpoint, name).await,
        }
    }

    /// Whether a DynamoDB answers there.
    pub(super) async fn is_answered_at(endpoint: &Endpoint) -> bool {
        client(endpoint).list_tables().send().await.is_ok()
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lets items expire at the epoch second that this attribute holds.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn enable_ttl(&self, attribute: &str) -> anyhow::Result<()> {
        let ttl = TimeToLiveSpecification::builder().attribute_name(attribute).enabled(true).build()?;
        self.client.update_time_to_live().table_name(&self.name).time_to_live_specification(ttl).send().await?;
        Ok(())
    }

    /// The same table, of which only a part is looked at: partition by partition, because a Scan would read what all
    /// the others have, too.
    pub(super) fn only(self, part: &Arc<Compartment>) -> Self {
        Self { part: Some(Arc::clone(part)), ..self }
    }

    /// Every item, in no particular order.
    ///
    /// # Errors
    /// When the tier does not answer.
    pub async fn items(&self) -> anyhow::Result<Vec<Item>> {
        if let Some(part) = &self.part {
            let mut items = Vec::new();
            for partition in part.partitions() {
                items.append(&mut self.items_under(&partition).await?);
            }
            return Ok(items);
        }
        let scan = self.client.scan().table_name(&self.name).consistent_read(true);
        let items = scan.into_paginator().items().send().try_collect().await?;
        Ok(items.into_iter().map(|item| self.item(item)).collect())
    }

    /// Every item of one partition, in the order of the sort key.
    ///
    /// # Errors
    /// When the tier does not answer.
    pub async fn items_under(&self, pk: &str) -> anyhow::Result<Vec<Item>> {
        let query = self
            .client
            .query()
            .table_name(&self.name)
            .consistent_read(true)
            .key_condition_expression("PK = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()));
        let items = query.into_paginator().items().send().try_collect().await?;
        Ok(items.into_iter().map(|item| self.item(item)).collect())
    }

    /// Writes an item, over the one that has its key.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn put(&self, item: Item) -> anyhow::Result<()> {
        self.client.put_item().table_name(&self.name).set_item(Some(self.attributes(item))).send().await?;
        Ok(())
    }

    /// Writes items in batches, until none is handed back.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn put_all(&self, items: impl IntoIterator<Item = Item>) -> anyhow::Result<()> {
        let mut waiting = Vec::new();
        for item in items {
            let put = PutRequest::builder().set_item(Some(self.attributes(item))).build()?;
            waiting.push(WriteRequest::builder().put_request(put).build());
        }
        self.write_all(waiting).await
    }

    /// Deletes the item with this key, if there is one.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn delete(&self, pk: &str, sk: &str) -> anyhow::Result<()> {
        let key: HashMap<_, _> = Item::keyed(pk, sk).into();
        self.client.delete_item().table_name(&self.name).set_key(Some(key)).send().await?;
        Ok(())
    }

    /// Deletes what has expired of a partition by a clock of DynamoDB's own, as it does itself: not all at once, so `most`
    /// items at most. Tells how many that were.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn deletes_expired(
        &self,
        pk: &str,
        clock: impl Word<DateTime<Utc>>,
        most: usize,
    ) -> anyhow::Result<usize> {
        let now = clock.meaning().timestamp();
        let expired =
            |item: &Item| item.n("ExpiresAt").and_then(|end| end.parse().ok()).is_some_and(|end: i64| end <= now);
        let key = |item: &Item| Some((item.s("PK")?.to_owned(), item.s("SK")?.to_owned()));
        let items = self.items_under(pk).await?;
        let keys: Vec<_> = items.iter().filter(|item| expired(item)).filter_map(key).take(most).collect();
        let deleted = keys.len();
        self.delete_all(keys).await?;
        Ok(deleted)
    }

    /// Deletes the items with these keys, PK and SK, in batches, until none is handed back.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn delete_all(&self, keys: impl IntoIterator<Item = (String, String)>) -> anyhow::Result<()> {
        let mut deletes = Vec::new();
        for (pk, sk) in keys {
            let delete = DeleteRequest::builder().set_key(Some(Item::keyed(pk, sk).into())).build()?;
            deletes.push(WriteRequest::builder().delete_request(delete).build());
        }
        let batches = deletes.chunks(BATCH).map(|batch| Ok(self.write_all(batch.to_vec())));
        let deleted = stream::iter(batches).try_for_each_concurrent(SIDE_BY_SIDE, |batch| batch).await;
        deleted.with_context(|| format!("deleting from {}", self.name))
    }

    async fn write_all(&self, mut waiting: Vec<WriteRequest>) -> anyhow::Result<()> {
        while !waiting.is_empty() {
            let batch = waiting.split_off(waiting.len().saturating_sub(BATCH));
            let written = self.client.batch_write_item().request_items(&self.name, batch).send().await?;
            let unprocessed = written.unprocessed_items.unwrap_or_default();
            waiting.extend(unprocessed.into_values().flatten());
        }
        Ok(())
    }

    fn item(&self, attributes: HashMap<String, AttributeValue>) -> Item {
        Item::from(self.dialect.of_stored(attributes))
    }

    fn attributes(&self, item: Item) -> HashMap<String, AttributeValue> {
        self.dialect.to_store(item.into())
    }

    /// Deletes the table itself. On a tier that dies with the scenario there is no need to.
    ///
    /// # Errors
    /// When the tier refuses.
    pub async fn remove(self) -> anyhow::Result<()> {
        self.client.delete_table().table_name(&self.name).send().await?;
        Ok(())
    }
}

pub(super) fn client(endpoint: &Endpoint) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("candlecheck", "candlecheck", None, None, "harness"))
            .endpoint_url(&endpoint.url)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
            .build(),
    )
}

fn string_attribute(name: &str) -> anyhow::Result<AttributeDefinition> {
    let string = AttributeDefinition::builder().attribute_type(ScalarAttributeType::S);
    Ok(string.attribute_name(name).build()?)
}

fn key(name: &str, role: KeyType) -> anyhow::Result<KeySchemaElement> {
    Ok(KeySchemaElement::builder().attribute_name(name).key_type(role).build()?)
}
