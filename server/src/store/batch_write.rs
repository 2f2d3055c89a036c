//! Writing: batches of 25, unprocessed items sent again, and all or nothing in the end.

use std::collections::HashMap;
use std::ops::Range;
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};
use tracing::{error, warn};

use super::items::{Item, StoredCandle};
use super::{Operation, Store, StoreError};
use crate::policy::policy;
use crate::telemetry::Alarm;

policy! {
    /// How candles are written.
    BatchWritePolicy "batch_write" {
        values {
            /// How often unprocessed items of a batch are sent again.
            retries: u32 = 3, setting "OHLC_BATCH_RETRIES", from "decisions.md#batch-retries";
            /// The pause before the first of these; it doubles each time.
            backoff: Duration = Duration::from_millis(50), setting "OHLC_BATCH_BACKOFF", from "decisions.md#batch-backoff";
        }
        functions {
            /// The write batches of so many candles: which of them each holds.
            batches: fn(usize) -> Vec<Range<usize>> = batches, decides "25 each", shows [(25), (26)], from "decisions.md#batches";
            /// The pause before unprocessed items are sent again, by the number of the retry, from 0, and the first pause.
            pause: fn(u32, Duration) -> Duration = pause, decides "backoff, doubled each time",
                shows [(0, Duration::from_millis(50)), (1, Duration::from_millis(50))], from "decisions.md#batch-pause";
        }
    }
}

/// What BatchWriteItem takes at most.
const BATCH: usize = 25;

/// The batches of so many candles, in order, none left out: which of them each holds.
pub fn batches(candles: usize) -> Vec<Range<usize>> {
    (0..candles).step_by(BATCH).map(|first| first..candles.min(first + BATCH)).collect()
}

/// The pause before a retry, counted from 0: twice as long each time.
pub fn pause(retry: u32, backoff: Duration) -> Duration {
    backoff.saturating_mul(2_u32.saturating_pow(retry))
}

impl Store {
    /// Puts all candles, or none: what was written of a write that failed for good is removed again, so that nothing
    /// partial is left for a later read to meet. They become items batch by batch, because an item takes many times the
    /// memory of its candle.
    ///
    /// # Errors
    /// When DynamoDB failed, or still left items unprocessed after the last attempt.
    pub async fn put_all(&self, candles: &[StoredCandle]) -> Result<(), StoreError> {
        for batch in (self.policies.batch_write.batches)(candles.len()) {
            if let Err(failed) = self.send(candles[batch].iter().map(|stored| put(self.item(stored))).collect()).await {
                // Nobody knows which of them were written.
                self.take_back(candles).await;
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

    fn item(&self, stored: &StoredCandle) -> Item {
        let sort_key = (self.keys.sort_key)(stored.resolution, stored.candle.stamp);
        (self.policies.items.from_candle)(stored, &sort_key)
    }

    /// Removes candles that should not have been written.
    pub async fn take_back(&self, candles: &[StoredCandle]) {
        let keys = candles.iter().map(|stored| key_of(&self.item(stored))).collect();
        let count = candles.len();
        match self.delete_all(keys).await {
            Ok(()) => warn!(count, outcome = "write_rolled_back", "candles that must not be there were removed"),
            // What a failed write leaves is harmless: a window is served only when it is whole and from one fetch. What an
            // invalidation has overtaken may be served until it expires, or until somebody invalidates again.
            Err(cause) => {
                error!(count, %cause, outcome = "rollback_failed", "candles that must not be there may remain")
            }
        }
    }

    async fn send(&self, mut requests: Vec<WriteRequest>) -> Result<(), StoreError> {
        let policy = &self.policies.batch_write;
        for attempt in 0..=policy.retries {
            if let Some(retry) = attempt.checked_sub(1) {
                tokio::time::sleep((policy.pause)(retry, policy.backoff)).await;
            }
            let call = self.client.batch_write_item().request_items(&self.table, requests).send();
            let unprocessed = self.call(Operation::BatchWriteItem, call).await?.unprocessed_items.unwrap_or_default();
            requests = unprocessed.into_values().flatten().collect();
            if requests.is_empty() {
                return Ok(());
            }
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
