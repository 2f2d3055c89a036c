//! Invalidation in DynamoDB: everything that is cached of one ticker, or of all.

use aws_sdk_dynamodb::types::AttributeValue;

use super::items::{Item, text};
use super::{Operation, Store, StoreError};
use crate::providers::Provider;

impl Store {
    /// Deletes every candle and completeness record of one ticker; gives their number.
    ///
    /// # Errors
    /// As DynamoDB fails; some may be deleted by then.
    pub async fn invalidate_ticker(&self, ticker: &str) -> Result<usize, StoreError> {
        let mut count = 0;
        for provider in Provider::ALL {
            let partition = (self.keys.partition_key)(ticker, provider);
            let mut start = None;
            loop {
                let call = self
                    .client
                    .query()
                    .table_name(&self.table)
                    .key_condition_expression("PK = :partition")
                    .expression_attribute_values(":partition", text(&partition))
                    .projection_expression("PK, SK")
                    .consistent_read(true)
                    .set_exclusive_start_key(start);
                let page = self.call(Operation::Query, call.send()).await?;
                count += self.delete_page(page.items).await?;
                start = page.last_evaluated_key;
                if start.is_none() {
                    break;
                }
            }
        }
        Ok(count)
    }

    /// Deletes everything but the locks, which belong to fetches under way; gives the number.
    ///
    /// # Errors
    /// As DynamoDB fails; some may be deleted by then.
    pub async fn invalidate_all(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        let mut start = None;
        loop {
            let call = self
                .client
                .scan()
                .table_name(&self.table)
                .filter_expression("NOT begins_with(PK, :lock)")
                .expression_attribute_values(":lock", AttributeValue::S("LOCK#".into()))
                .projection_expression("PK, SK")
                .consistent_read(true)
                .set_exclusive_start_key(start);
            let page = self.call(Operation::Scan, call.send()).await?;
            count += self.delete_page(page.items).await?;
            start = page.last_evaluated_key;
            if start.is_none() {
                return Ok(count);
            }
        }
    }

    async fn delete_page(&self, keys: Option<Vec<Item>>) -> Result<usize, StoreError> {
        let keys = keys.unwrap_or_default();
        let count = keys.len();
        self.delete_all(keys).await?;
        Ok(count)
    }
}
