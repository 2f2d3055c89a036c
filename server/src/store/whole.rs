//! Whether what DynamoDB holds is a whole answer: every expected candle, each still good, all from one fetch.
//!
//! Counting is not enough (G22, G23): each expected candle is looked for by name.

use chrono::{DateTime, Utc};

use super::items::StoredCandle;
use super::{Claim, Store, StoreError};
use crate::candle::Candle;
use crate::providers::Provider;
use crate::request::{Expected, Request};
use crate::rules::Rules;

/// How strictly stored candles are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judge {
    /// Expired candles, and bars from before their close, do not count.
    Fresh,
    /// They do, because nothing better is at hand.
    Stale,
}

/// A whole window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Its candles, oldest first.
    pub candles: Vec<Candle>,
    /// When they were fetched.
    pub fetched_at: DateTime<Utc>,
    /// The provider that they came from.
    pub provider: Provider,
}

impl Store {
    /// The whole window, if DynamoDB holds it from one of the providers, the preferred one first.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn whole(
        &self,
        request: &Request,
        providers: &[Provider],
        strong: bool,
        judge: Judge,
    ) -> Result<Option<Whole>, StoreError> {
        for provider in providers {
            let mut stored = self.candles(request, *provider, strong).await?;
            if judge == Judge::Fresh {
                stored.retain(|stored| (self.rules.still_good)(stored, request));
            }
            let Some(fetched_at) = fetched_together(&stored, &self.rules) else { continue };
            let there = stored.iter().map(|stored| stored.candle.stamp).collect();
            let missing = (self.rules.missing)(request, &there);
            if !missing.is_empty() {
                // Only a window with holes needs the record that explains them.
                let claim = self.claim_of(request, *provider, strong).await?;
                if !claim.is_some_and(|claim| (self.rules.explained)(&claim, &missing, fetched_at)) {
                    continue;
                }
            }
            let candles = stored.into_iter().map(|stored| stored.candle).collect();
            return Ok(Some(Whole { candles, fetched_at, provider: *provider }));
        }
        Ok(None)
    }
}

/// When all of them were fetched; nothing if there are none, or if they come from several fetches, between which a
/// split may lie, or of which one may be half written (D6, D7).
fn fetched_together(stored: &[StoredCandle], rules: &Rules) -> Option<DateTime<Utc>> {
    let fetched_at = |stored: &StoredCandle| (rules.fetched_at)(stored, rules);
    let newest = stored.iter().map(fetched_at).max()?;
    let together = stored.iter().all(|stored| fetched_at(stored) == newest);
    (together || !rules.one_fetch).then_some(newest)
}

/// A claim explains a hole that it names, in candles of the very fetch that it is about: another one may have found them
/// (D6), and what has gone missing since is no hole of the provider's.
pub fn explains(claim: &Claim, missing: &[Expected], fetched_at: DateTime<Utc>) -> bool {
    claim.fetched_at == fetched_at && missing.iter().all(|expected| claim.absent.contains(&Claim::name(expected.stamp)))
}
