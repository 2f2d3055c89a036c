//! Writing: batches of 25, unprocessed items sent again, and all or nothing in the end (R3, R15).

use std::collections::HashMap;
use std::ops::Range;
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};
use tracing::{error, warn};

use super::items::{Item, StoredCandle};
use super::{Store, StoreError};
use crate::rules::Rules;
use crate::telemetry::Alarm;

/// What BatchWriteItem takes at most.
const BATCH: usize = 25;

/// The batches of so many candles, in order, none left out: which of them each holds.
pub fn batches(candles: usize) -> Vec<Range<usize>> {
    (0..candles).step_by(BATCH).map(|first| first..candles.min(first + BATCH)).collect()
}

/// After an attempt, only what DynamoDB left unprocessed is still to be written.
pub fn unprocessed_only(_attempted: &[WriteRequest], unprocessed: Vec<WriteRequest>) -> Vec<WriteRequest> {
    unprocessed
}

/// The pause before a retry, counted from 0: twice as long each time.
pub fn pause(retry: u32, rules: &Rules) -> Duration {
    rules.batch_backoff.saturating_mul(2_u32.saturating_pow(retry))
}

/// Every item of a write that failed is removed: nobody knows which of them were written.
pub fn all_of_them(keys: Vec<Item>) -> Vec<Item> {
    keys
}

impl Store {
    /// Puts all candles, or none: what was written of a write that failed for good is removed again, so that nothing
    /// partial is left for a later read to meet (E27). They become items batch by batch, because an item takes many
    /// times the memory of its candle (E12).
    ///
    /// # Errors
    /// When DynamoDB failed, or still left items unprocessed after the last attempt.
    pub async fn put_all(&self, candles: &[StoredCandle]) -> Result<(), StoreError> {
        let item = |stored| (self.rules.candle_to_item)(stored, &self.rules);
        for batch in (self.rules.batches)(candles.len()) {
            if let Err(failed) = self.send(candles[batch].iter().map(|stored| put(item(stored))).collect()).await {
                let keys = candles.iter().map(|stored| key_of(&item(stored))).collect();
                self.roll_back((self.rules.rolled_back)(keys)).await;
                return Err(failed);
            }
        }
        Ok(())
    }

    /// Deletes the items with these keys.
    ///
    /// # Errors
    /// As DynamoDB fails; some may be deleted by then.
    pub(super) async fn delete_all(&self, keys: Vec<Item>) -> Result<(), StoreError> {
        for batch in keys.chunks(BATCH) {
            self.send(batch.iter().cloned().map(delete).collect()).await?;
        }
        Ok(())
    }

    async fn roll_back(&self, keys: Vec<Item>) {
        let count = keys.len();
        match self.delete_all(keys).await {
            Ok(()) => warn!(count, outcome = "write_rolled_back", "a write failed for good; its candles were removed"),
            // What is left is harmless: a window is served only when it is whole and from one fetch.
            Err(cause) => error!(count, %cause, outcome = "rollback_failed", "candles of a failed write may remain"),
        }
    }

    async fn send(&self, mut requests: Vec<WriteRequest>) -> Result<(), StoreError> {
        for attempt in 0..=self.rules.batch_retries {
            if let Some(retry) = attempt.checked_sub(1) {
                tokio::time::sleep((self.rules.batch_pause)(retry, &self.rules)).await;
            }
            let call = self.client.batch_write_item().request_items(&self.table, requests.clone()).send();
            let unprocessed = self.call("BatchWriteItem", call).await?.unprocessed_items.unwrap_or_default();
            let unprocessed: Vec<WriteRequest> = unprocessed.into_values().flatten().collect();
            if unprocessed.is_empty() {
                return Ok(());
            }
            requests = (self.rules.sent_again)(&requests, unprocessed);
        }
        self.metrics.alarm(Alarm::ItemsGivenUp { items: requests.len() });
        error!(count = requests.len(), outcome = "unprocessed_items", "DynamoDB left items unprocessed for good");
        Err(StoreError::Failed)
    }
}

fn put(item: Item) -> WriteRequest {
    let put = PutRequest::builder().set_item(Some(item)).build();
    WriteRequest::builder().set_put_request(put.ok()).build()
}

fn delete(key: Item) -> WriteRequest {
    let delete = DeleteRequest::builder().set_key(Some(key)).build();
    WriteRequest::builder().set_delete_request(delete.ok()).build()
}

fn key_of(item: &Item) -> Item {
    let part = |name: &str| (name.to_owned(), item.get(name).cloned().unwrap_or(AttributeValue::Null(true)));
    HashMap::from([part("PK"), part("SK")])
}
