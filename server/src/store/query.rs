//! Reading a window: one Query, only the attributes that are needed, read on to the last page.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{Days, TimeDelta};
use tracing::error;

use super::items::{Item, StoredCandle, text};
use super::{Store, StoreError};
use crate::candle::Stamp;
use crate::market::midnight;
use crate::providers::Provider;
use crate::request::{Request, Resolution, Window};
use crate::rules::Rules;
use crate::telemetry::Alarm;

/// The range of sort keys that holds a window: New York's days from midnight to midnight, because what trades after hours
/// in New York trades on the next day in UTC. Both ends of a BETWEEN are included, so it ends a second before.
pub fn ranges(window: &Window, resolution: Resolution, rules: &Rules) -> Vec<(String, String)> {
    let ends = match resolution {
        Resolution::Day => (Stamp::Day(window.start), Stamp::Day(window.end)),
        _ => {
            let end = midnight(window.end + Days::new(1)) - TimeDelta::seconds(1);
            (Stamp::Instant(midnight(window.start)), Stamp::Instant(end))
        }
    };
    vec![((rules.sort_key)(resolution, ends.0), (rules.sort_key)(resolution, ends.1))]
}

/// Reads on as long as DynamoDB says that there is more (R2).
pub fn next_page(last_evaluated_key: Option<Item>) -> Option<Item> {
    last_evaluated_key
}

impl Store {
    /// The stored candles of a request's window from one provider, as they are: complete or not, expired or not.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn candles(
        &self,
        request: &Request,
        provider: Provider,
        strong: bool,
    ) -> Result<Vec<StoredCandle>, StoreError> {
        let partition = (self.rules.partition_key)(&request.ticker, provider);
        let mut candles = Vec::with_capacity(request.expected().len());
        for range in (self.rules.sort_key_ranges)(&request.window, request.resolution, &self.rules) {
            let mut start = None;
            loop {
                let (items, rest) = self.page(&partition, &range, strong, start).await?;
                candles.extend(items.iter().filter_map(|item| (self.rules.item_to_candle)(item)));
                start = (self.rules.next_page)(rest);
                if start.is_none() {
                    break;
                }
                self.metrics.alarm(Alarm::PageTruncated);
                error!(partition, outcome = "page_truncated", "a Query page ended before the window did; reading on");
            }
        }
        Ok(candles)
    }

    async fn page(
        &self,
        partition: &str,
        (from, to): &(String, String),
        strong: bool,
        start: Option<Item>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("PK = :partition AND SK BETWEEN :from AND :to")
            .expression_attribute_values(":partition", text(partition))
            .expression_attribute_values(":from", AttributeValue::S(from.clone()))
            .expression_attribute_values(":to", AttributeValue::S(to.clone()))
            .scan_index_forward(self.rules.ascending)
            .consistent_read(strong)
            .set_exclusive_start_key(start);
        // Every name through a placeholder, because `open` and `close` are words of DynamoDB's own.
        let attributes = (self.rules.projection)();
        if !attributes.is_empty() {
            let placeholders: Vec<String> = attributes.iter().map(|name| format!("#{name}")).collect();
            for (placeholder, name) in placeholders.iter().zip(attributes) {
                query = query.expression_attribute_names(placeholder, *name);
            }
            query = query.projection_expression(placeholders.join(", "));
        }
        let page = self.call("Query", query.send()).await?;
        Ok((page.items.unwrap_or_default(), page.last_evaluated_key))
    }
}
