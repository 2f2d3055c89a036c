//! The items of the table: their keys, their attributes, and nothing else.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::fetches::StoredFetch;
use crate::candle::{Adjusted, Candle, Stamp, price};
use crate::policy::policy;
use crate::request::{Resolution, Window};

policy! {
    /// What an item says.
    ItemPolicy "items" {
        functions {
            /// The item that holds a candle, under this sort key.
            from_candle: fn(&StoredCandle, &str) -> Item = from_candle, decides "exactly the contract's attributes",
                shows [(&stored(), "D#2026-02-03T00:00:00Z"), (&stored(), "D#2026-02-04T00:00:00Z")], from "decisions.md#candle-to-item";
            /// The candle that an item holds.
            to_candle: fn(&Item) -> Option<StoredCandle> = to_candle,
                decides "field by field, numbers in any notation; an item that lacks one of the first ones is no candle",
                shows [(&from_candle(&stored(), "D#2026-02-03T00:00:00Z")), (&Item::new())], from "decisions.md#item-to-candle";
            /// When a stored candle was fetched.
            fetched_at: fn(&StoredCandle) -> DateTime<Utc> = fetched_at, decides "as it says itself",
                shows [(&stored()), (&StoredCandle { fetched_at: at("2026-02-04T22:00:00Z"), ..stored() })], from "decisions.md#fetched-at";
        }
    }
}

/// An item, by attribute name.
pub type Item = HashMap<String, AttributeValue>;

/// A candle and what the table knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCandle {
    /// The partition key.
    pub partition: String,
    /// The length of the candle.
    pub resolution: Resolution,
    /// The candle.
    pub candle: Candle,
    /// When it was fetched from the provider. All candles of one fetch share it.
    pub fetched_at: DateTime<Utc>,
    /// The window that was fetched then. Items of before this was stored do not say it.
    pub fetched_window: Option<Window>,
    /// Whether its bucket had closed by then. One that had not is never the final bar.
    pub is_closed: bool,
    /// When it stops counting, whether or not DynamoDB has deleted it by then.
    pub expires_at: DateTime<Utc>,
}

impl StoredCandle {
    /// The fetch that it comes from.
    pub fn fetch(&self) -> StoredFetch {
        StoredFetch { at: self.fetched_at, window: self.fetched_window }
    }
}

/// The key of an item.
pub(super) fn key(partition: &str, sort: &str) -> Item {
    HashMap::from([("PK".into(), text(partition)), ("SK".into(), text(sort))])
}

pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(super) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// An instant as items carry it, to the millisecond.
pub(super) fn instant(value: DateTime<Utc>) -> AttributeValue {
    text(value.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// The item that holds a candle.
pub fn from_candle(stored: &StoredCandle, sort_key: &str) -> Item {
    let StoredCandle { partition, candle, fetched_at, fetched_window, is_closed, expires_at, .. } = stored;
    let mut item = key(partition, sort_key);
    item.extend([
        ("open".into(), number(candle.open)),
        ("high".into(), number(candle.high)),
        ("low".into(), number(candle.low)),
        ("close".into(), number(candle.close)),
        ("volume".into(), number(candle.volume)),
        ("fetched_at".into(), instant(*fetched_at)),
        ("is_closed".into(), AttributeValue::Bool(*is_closed)),
        ("ExpiresAt".into(), number(expires_at.timestamp())),
    ]);
    item.extend(fetched_window.map(|window| ("fetched_window".into(), text(window.to_string()))));
    if let Some(Adjusted { by, on_ex_date }) = candle.adjusted {
        item.insert("adjusted_by".into(), number(by));
        item.insert("on_ex_date".into(), AttributeValue::Bool(on_ex_date));
    }
    item
}

/// The candle that an item holds; nothing when an attribute is missing or malformed, so that it counts as absent.
pub fn to_candle(item: &Item) -> Option<StoredCandle> {
    let (resolution, stamp) = parse_sort_key(item.get("SK")?.as_s().ok()?)?;
    let by = of_late(item, "adjusted_by", |_| decimal(item, "adjusted_by"))?;
    let on_ex_date = of_late(item, "on_ex_date", |value| value.as_bool().ok().copied())?;
    Some(StoredCandle {
        // The partition was asked for, so it is not read back.
        partition: String::new(),
        resolution,
        candle: Candle {
            stamp,
            open: decimal(item, "open")?,
            high: decimal(item, "high")?,
            low: decimal(item, "low")?,
            close: decimal(item, "close")?,
            volume: whole(item, "volume")?.to_u64()?,
            adjusted: by.zip(on_ex_date).map(|(by, on_ex_date)| Adjusted { by, on_ex_date }),
        },
        fetched_at: item.get("fetched_at")?.as_s().ok()?.parse().ok()?,
        fetched_window: of_late(item, "fetched_window", |window| Window::parse(window.as_s().ok()?))?,
        is_closed: *item.get("is_closed")?.as_bool().ok()?,
        expires_at: epoch_second(item, "ExpiresAt")?,
    })
}

/// A field that items of before it was stored lack. What is there has to be one.
fn of_late<T>(item: &Item, name: &str, read: impl FnOnce(&AttributeValue) -> Option<T>) -> Option<Option<T>> {
    match item.get(name) {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}

/// A number of an item, in whatever notation: DynamoDB's numbers are values, and others write to the same table.
fn decimal(item: &Item, name: &str) -> Option<Decimal> {
    let text = item.get(name)?.as_n().ok()?;
    // Zeros at the end of a fraction say nothing, and there may be more of them than a decimal has digits.
    match text.contains('.') && !text.contains(['e', 'E']) {
        true => price(text.trim_end_matches('0').trim_end_matches('.')),
        false => price(text),
    }
}

fn whole(item: &Item, name: &str) -> Option<Decimal> {
    decimal(item, name).filter(Decimal::is_integer)
}

/// An instant that an item tells in epoch seconds.
pub(super) fn epoch_second(item: &Item, name: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(whole(item, name)?.to_i64()?, 0)
}

/// When a stored candle was fetched: it says so itself, whatever its resolution and however long it is kept.
pub fn fetched_at(stored: &StoredCandle) -> DateTime<Utc> {
    stored.fetched_at
}

fn parse_sort_key(sort_key: &str) -> Option<(Resolution, Stamp)> {
    let (resolution, start) = sort_key.split_once('#')?;
    let resolution = Resolution::parse(resolution)?;
    let stamp = match resolution {
        Resolution::Day => Stamp::Day(NaiveDate::parse_from_str(start, "%Y-%m-%dT00:00:00Z").ok()?),
        _ => Stamp::Instant(start.parse().ok()?),
    };
    Some((resolution, stamp))
}
