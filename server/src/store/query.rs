//! Reading a window: one Query, only the attributes that are needed, read on to the last page.

use chrono::{Days, TimeDelta};
use tracing::error;

use super::items::{Item, StoredCandle, text};
use super::{Operation, Store, StoreError};
use crate::candle::Stamp;
use crate::market::midnight;
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::{Request, Resolution, Window};
use crate::telemetry::Alarm;

policy! {
    /// What is read of a window.
    QueryPolicy "query" {
        values {
            /// Whether candles are read oldest first.
            ascending: bool = true, or "newest first, for pages that show the last candles", from "decisions.md#ascending";
            /// The attributes that are read of a candle: what is served, and what says until when and with which others.
            projection: &'static [&'static str] =
                &["SK", "open", "high", "low", "close", "volume", "fetched_at", "fetched_window", "is_closed", "ExpiresAt", "adjusted_by", "on_ex_date"],
                or "all, which cost as much and say no more", from "decisions.md#projection";
        }
        functions {
            /// The first and the last stamp that a window may hold.
            range: fn(&Window, Resolution) -> (Stamp, Stamp) = range, decides "New York's days, from midnight to midnight",
                shows [(&week(), Resolution::Day), (&week(), Resolution::Hour)], from "decisions.md#sort-key-ranges";
        }
    }
}

/// The stamps between which a window lies: New York's days from midnight to midnight, because what trades after hours in
/// New York trades on the next day in UTC. Both ends of a BETWEEN are included, so it ends a second before.
pub fn range(window: &Window, resolution: Resolution) -> (Stamp, Stamp) {
    match resolution {
        Resolution::Day => (Stamp::Day(window.start), Stamp::Day(window.end)),
        _ => {
            let end = midnight(window.end + Days::new(1)) - TimeDelta::seconds(1);
            (Stamp::Instant(midnight(window.start)), Stamp::Instant(end))
        }
    }
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
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let mut candles = Vec::with_capacity(request.expected().len());
        let mut start = None;
        loop {
            let (items, rest) = self.page(&partition, request, strong, start).await?;
            candles.extend(items.iter().filter_map(|item| (self.policies.items.to_candle)(item)));
            start = rest;
            if start.is_none() {
                return Ok(candles);
            }
            self.metrics.alarm(Alarm::PageTruncated);
            error!(partition, outcome = "page_truncated", "a Query page ended before the window did; reading on");
        }
    }

    async fn page(
        &self,
        partition: &str,
        request: &Request,
        strong: bool,
        start: Option<Item>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let policy = &self.policies.query;
        let (first, last) = (policy.range)(&request.window, request.resolution);
        let sort_key = |stamp| text((self.keys.sort_key)(request.resolution, stamp));
        // Every name through a placeholder, because `open` and `close` are words of DynamoDB's own.
        let placeholder = |name: &&str| format!("#{name}");
        let projection: Vec<String> = policy.projection.iter().map(placeholder).collect();
        let names = policy.projection.iter().map(|name| (placeholder(name), (*name).to_owned())).collect();
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("PK = :partition AND SK BETWEEN :from AND :to")
            .expression_attribute_values(":partition", text(partition))
            .expression_attribute_values(":from", sort_key(first))
            .expression_attribute_values(":to", sort_key(last))
            .projection_expression(projection.join(", "))
            .set_expression_attribute_names(Some(names))
            .scan_index_forward(policy.ascending)
            .consistent_read(strong)
            .set_exclusive_start_key(start);
        let page = self.call(Operation::Query, query.send()).await?;
        Ok((page.items.unwrap_or_default(), page.last_evaluated_key))
    }
}
