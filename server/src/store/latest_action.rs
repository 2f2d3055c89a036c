//! The latest action: the last split or dividend of a ticker that a fetch has shown. What was fetched before it is on a
//! scale that is used no more.

use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::items::{Item, instant, key, number, text};
use super::{Condition, Operation, Store, StoreError};
use crate::market::{midnight, new_york_date};
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::Request;

policy! {
    /// What a split or a dividend makes of what was fetched before it.
    ActionPolicy "actions" {
        functions {
            /// Whether a candle is on the scale of before an action, given its day and the instant of its fetch.
            outdates: fn(&LatestAction, NaiveDate, DateTime<Utc>) -> bool = outdates,
                decides "one of a day before it that was fetched on its day or earlier, and before it was known",
                shows [(&action(), day("2026-02-03"), at("2026-02-03T22:00:00Z")), (&action(), day("2026-02-03"), at("2026-02-04T22:00:00Z"))],
                from "decisions.md#latest-action";
            /// What must hold of the action that is known for one on this day to take its place.
            later: fn(NaiveDate) -> Condition = is_later, decides "there is none, or it took effect earlier",
                shows [(day("2026-02-03")), (day("2026-02-04"))], from "decisions.md#latest-action";
        }
    }
}

/// The last split or dividend of a ticker that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LatestAction {
    /// The day on which it took effect.
    pub ex_date: NaiveDate,
    /// When the fetch was that showed it first.
    pub known_at: DateTime<Utc>,
}

/// Sorts before the candles of a resolution, and is read alone.
const SORT_KEY: &str = "ACTION#D";

/// What was fetched after its day is adjusted for it, and so is what was fetched after it was shown. On its day itself a
/// provider adjusts at some hour of its own.
pub fn outdates(action: &LatestAction, day: NaiveDate, fetched_at: DateTime<Utc>) -> bool {
    day < action.ex_date && new_york_date(fetched_at) <= action.ex_date && fetched_at < action.known_at
}

/// A fetch of an earlier window shows an earlier action: what it outdates the later one does, too.
pub fn is_later(ex_date: NaiveDate) -> Condition {
    Condition::new("attribute_not_exists(ex_date) OR ex_date < :ex_date", [(":ex_date", text(ex_date.to_string()))])
}

impl LatestAction {
    /// Until when there may be something that it outdates, given how long that is kept.
    pub fn ends(&self, ttl_finished: Duration) -> DateTime<Utc> {
        midnight(self.ex_date + Days::new(1)) + ttl_finished
    }

    fn of(item: &Item) -> Option<Self> {
        let attribute = |name: &str| item.get(name)?.as_s().ok();
        Some(Self { ex_date: attribute("ex_date")?.parse().ok()?, known_at: attribute("known_at")?.parse().ok()? })
    }
}

impl Store {
    /// The latest action of a request's ticker that is known of one provider.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn latest_action(
        &self,
        request: &Request,
        provider: Provider,
        strong: bool,
    ) -> Result<Option<LatestAction>, StoreError> {
        let partition = (self.keys.partition_key)(&request.ticker, provider);
        let call = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key(&partition, SORT_KEY)))
            .consistent_read(strong)
            .send();
        let item = self.call(Operation::GetItem, call).await?.item;
        Ok(item.as_ref().and_then(LatestAction::of))
    }

    /// Keeps an action until then, if it is the latest one.
    ///
    /// # Errors
    /// [`StoreError::ConditionFailed`] when it is known, or a later one is; else as DynamoDB fails.
    pub async fn put_action(
        &self,
        request: &Request,
        provider: Provider,
        action: &LatestAction,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut item = key(&(self.keys.partition_key)(&request.ticker, provider), SORT_KEY);
        item.insert("ex_date".into(), text(action.ex_date.to_string()));
        item.insert("known_at".into(), instant(action.known_at));
        item.insert("ExpiresAt".into(), number(expires_at.timestamp()));
        let later = (self.policies.actions.later)(action.ex_date);
        let call = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(later.expression)
            .set_expression_attribute_values(later.values)
            .send();
        self.call(Operation::PutItem, call).await.map(drop)
    }
}
