//! Deletes items of runs: of this one when it ends, and of dead ones, which the table's TTL did not get to.

use std::collections::HashMap;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, WriteRequest};

use super::compartment::TEST;
use super::expiry::{EXPIRY, now};

/// How many items DynamoDB takes in one BatchWriteItem.
const BATCH: usize = 25;

/// Deletes every item whose partition key begins like this, and counts them.
pub(super) async fn under(client: &Client, table: &str, prefix: &str) -> anyhow::Result<usize> {
    let keys = AttributeValue::S(prefix.to_owned());
    delete(client, table, "begins_with(PK, :keys)", HashMap::from([(":keys".to_owned(), keys)])).await
}

/// Deletes the items of runs that have expired, and counts them.
pub(super) async fn expired(client: &Client, table: &str) -> anyhow::Result<usize> {
    let keys = AttributeValue::S(TEST.to_owned());
    let values = HashMap::from([(":keys".to_owned(), keys), (":now".to_owned(), AttributeValue::N(now().to_string()))]);
    delete(client, table, &format!("begins_with(PK, :keys) AND {EXPIRY} < :now"), values).await
}

async fn delete(
    client: &Client,
    table: &str,
    which: &str,
    values: HashMap<String, AttributeValue>,
) -> anyhow::Result<usize> {
    let scan = client.scan().table_name(table).filter_expression(which).set_expression_attribute_values(Some(values));
    let found = scan.projection_expression("PK, SK").consistent_read(true).into_paginator().items().send();
    let keys = found.try_collect().await.with_context(|| format!("looking for what is left in {table}"))?;
    let count = keys.len();
    let mut waiting = Vec::with_capacity(count);
    for key in keys {
        waiting
            .push(WriteRequest::builder().delete_request(DeleteRequest::builder().set_key(Some(key)).build()?).build());
    }
    while !waiting.is_empty() {
        let batch = waiting.split_off(waiting.len().saturating_sub(BATCH));
        let deleted = client.batch_write_item().request_items(table, batch).send().await;
        let unprocessed = deleted.with_context(|| format!("deleting from {table}"))?.unprocessed_items;
        waiting.extend(unprocessed.unwrap_or_default().into_values().flatten());
    }
    Ok(count)
}
