//! Where in DynamoDB a whole window is looked for, and for how long: among the candles of one provider after the other.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use tokio::time::timeout;

use super::fetches::FetchPolicy;
use super::pieces::Look;
use super::{Store, StoreError};
use crate::candle::Candle;
use crate::completeness::CompletenessPolicy;
use crate::freshness::FreshnessPolicy;
use crate::policy::policy;
use crate::providers::Provider;
use crate::request::Request;

policy! {
    /// How long a window is looked for.
    WindowPolicy "windows" {
        values {
            /// How long one provider's candles may keep the next one's waiting; from then on both are looked for.
            patience: Duration = Duration::from_millis(250), setting "OHLC_PARTITION_PATIENCE", from "decisions.md#partitions-together";
            /// The calls whose time a look may take, whatever number it makes: of partitions, pages and records.
            calls_time: u32 = 1, or "as many as it makes: a slow table would leave the provider no time", from "decisions.md#look-bound";
        }
    }
}

/// A call that hangs meets its own bound before that of its look, and counts as the failure that it is.
const HANGING: Duration = Duration::from_millis(50);

/// How strictly stored candles are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staleness {
    /// Expired candles and records, and bars from before their close, do not count.
    Refused,
    /// They do, because nothing better is at hand.
    Accepted,
}

/// A whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteWindow {
    /// Its candles, oldest first.
    pub candles: Vec<Candle>,
    /// When the oldest of them was fetched, or, if a later fetch brought just the same, when that was.
    pub fetched_at: DateTime<Utc>,
    /// When the first of them, or the word on those that it lacks, stops counting.
    pub counts_until: DateTime<Utc>,
    /// The provider that they came from.
    pub provider: Provider,
}

/// Finds whole windows in the table.
pub struct Windows {
    /// How long it looks for them.
    pub policy: WindowPolicy,
    /// The table.
    pub store: Arc<Store>,
    /// Whose candles may be found there, the preferred provider first.
    pub providers: &'static [Provider],
    /// What is served together of several fetches.
    pub fetches: FetchPolicy,
    /// When a window is whole.
    pub completeness: CompletenessPolicy,
    /// How long a candle counts.
    pub freshness: FreshnessPolicy,
}

impl Windows {
    /// The whole window, if DynamoDB holds it from one of the providers, the preferred one first.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn complete(
        &self,
        request: &Request,
        strong: bool,
        staleness: Staleness,
    ) -> Result<Option<CompleteWindow>, StoreError> {
        let calls = self.store.policies.call.timeout.saturating_mul(self.policy.calls_time);
        let bound = calls.saturating_add(self.policy.patience.max(HANGING));
        let look = self.look(self.providers, Look { request, strong, staleness }).boxed();
        timeout(bound, look).await.unwrap_or(Err(StoreError::Failed))
    }

    /// Looks for it among the candles of these providers, in their order.
    async fn look(&self, providers: &[Provider], look: Look<'_>) -> Result<Option<CompleteWindow>, StoreError> {
        let Some((preferred, others)) = providers.split_first() else { return Ok(None) };
        let mut preferred = pin!(self.of(*preferred, look));
        let others = Box::pin(self.look(others, look));
        if let Ok(found) = timeout(self.policy.patience, &mut preferred).await {
            return match found? {
                None => others.await,
                window => Ok(window),
            };
        }
        match select(preferred, others).await {
            Either::Left((found, others)) => match found? {
                None => others.await,
                window => Ok(window),
            },
            Either::Right((beside, preferred)) => match preferred.await? {
                None => beside,
                window => Ok(window),
            },
        }
    }
}
