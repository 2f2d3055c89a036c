//! Whether what DynamoDB holds of one provider is a whole window: every expected candle, looked for by name, each still
//! good; or the word of the fetch that lacked it. It may be made of pieces that several fetches have left.

use chrono::{DateTime, Utc};
use futures_util::future::try_join_all;

use super::fetches::{Border, StoredFetch};
use super::items::StoredCandle;
use super::windows::{CompleteWindow, Staleness, Windows};
use super::{CompletenessRecord, StoreError};
use crate::candle::Stamp;
use crate::freshness::stored_until;
use crate::providers::Provider;
use crate::request::{Expected, Request};

/// What is looked for, and how.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) request: &'a Request,
    pub(super) strong: bool,
    pub(super) staleness: Staleness,
}

/// What a fetch says of the candles that it lacked.
struct Word {
    fetch: StoredFetch,
    record: CompletenessRecord,
}

impl Windows {
    /// The whole window of one provider's candles.
    pub(super) async fn of(&self, provider: Provider, look: Look<'_>) -> Result<Option<CompleteWindow>, StoreError> {
        let request = look.request;
        let mut stored = self.store.candles(request, provider, look.strong).await?;
        // A candle that fills no bucket does not belong to this window, however it came there.
        stored.retain(|stored| request.bucket_of(stored.candle.stamp).is_some());
        let fetches = self.fetches_of(&stored);
        stored.retain(|stored| self.counts(stored, &fetches, request));
        if look.staleness == Staleness::Refused {
            stored.retain(|stored| (self.freshness.still_good)(stored, request));
        }
        let there = stored.iter().map(|stored| stored.candle.stamp).collect();
        let missing = (self.completeness.missing)(request, &there);
        if stored.is_empty() || !self.on_one_scale(&stored, &missing) {
            return Ok(None);
        }
        let Some(words) = self.words_on(&missing, &fetches, provider, look).await? else { return Ok(None) };
        let confirmed = |fetch: StoredFetch| {
            let word = words.iter().find(|word| word.fetch == fetch);
            word.map_or(fetch.at, |word| word.record.confirmed_at)
        };
        let of_candles: Vec<_> = stored.iter().map(|stored| confirmed(self.fetch_of(stored))).collect();
        if self.outdated(&stored, &of_candles, provider, look).await? {
            return Ok(None);
        }
        let of_words = words.iter().map(|word| word.record.confirmed_at);
        let fetched: Vec<_> = of_candles.into_iter().chain(of_words).collect();
        let fetched_at = (self.fetches.fetched)(&fetched).unwrap_or(request.now);
        let ends = stored.iter().filter_map(|stored| stored_until(stored, request));
        let counts_until = ends.chain(words.iter().map(|word| word.record.expires_at)).min().unwrap_or(request.now);
        let candles = stored.into_iter().map(|stored| stored.candle).collect();
        Ok(Some(CompleteWindow { candles, fetched_at, counts_until, provider }))
    }

    fn fetch_of(&self, stored: &StoredCandle) -> StoredFetch {
        StoredFetch { at: (self.store.policies.items.fetched_at)(stored), ..stored.fetch() }
    }

    /// The fetches that have left these candles: those whose candles do not count any more tell as well what was fetched.
    fn fetches_of(&self, stored: &[StoredCandle]) -> Vec<StoredFetch> {
        let mut fetches: Vec<StoredFetch> = Vec::new();
        for stored in stored {
            let fetch = self.fetch_of(stored);
            // Neighbours mostly come from one fetch, so it is among the last ones.
            if !fetches.iter().rev().any(|known| *known == fetch) {
                fetches.push(fetch);
            }
        }
        fetches
    }

    /// Whether no other fetch has the last word on a candle's day.
    fn counts(&self, stored: &StoredCandle, fetches: &[StoredFetch], request: &Request) -> bool {
        let (fetch, day) = (self.fetch_of(stored), request.day_of(stored.candle.stamp));
        !fetches.iter().any(|other| (self.fetches.supersedes)(other, &fetch, day))
    }

    /// Whether candles may be served together wherever those of one fetch end and those of another begin.
    fn on_one_scale(&self, stored: &[StoredCandle], missing: &[Expected]) -> bool {
        let (joins, noise) = (&self.fetches.joins, self.fetches.scale_noise);
        let borders = stored.windows(2).filter_map(|pair| match pair {
            [before, after] if self.fetch_of(before).at != self.fetch_of(after).at => {
                let (from, to) = (before.candle.stamp, after.candle.stamp);
                let gap = missing.iter().any(|lacking| from < lacking.stamp && lacking.stamp < to);
                Some(Border { before, after, gap })
            }
            _ => None,
        });
        borders.into_iter().all(|border| joins(&border, noise))
    }

    /// Whether one of these candles, which were fetched or confirmed then, is of before its ticker's latest split or dividend.
    async fn outdated(
        &self,
        stored: &[StoredCandle],
        fetched: &[DateTime<Utc>],
        provider: Provider,
        look: Look<'_>,
    ) -> Result<bool, StoreError> {
        let Look { request, strong, staleness } = look;
        let day_of = |instant| request.day_of(Stamp::Instant(instant));
        let today = day_of(request.now);
        // Nothing takes effect within a day; and what is stale may be on any scale, if it is whole.
        let asks = staleness == Staleness::Refused && fetched.iter().any(|fetched| day_of(*fetched) < today);
        if !asks || stored.iter().all(|stored| stored.candle.adjusted.is_none()) {
            return Ok(false);
        }
        let Some(action) = self.store.latest_action(request, provider, strong).await? else { return Ok(false) };
        let outdates = &self.store.policies.actions.outdates;
        let mut candles = stored.iter().zip(fetched);
        Ok(candles.any(|(stored, fetched)| outdates(&action, request.day_of(stored.candle.stamp), *fetched)))
    }

    /// The words that explain what is missing: of each candle the newest fetch's that asked for its day. Nothing, if one is
    /// explained by nobody.
    async fn words_on(
        &self,
        missing: &[Expected],
        fetches: &[StoredFetch],
        provider: Provider,
        look: Look<'_>,
    ) -> Result<Option<Vec<Word>>, StoreError> {
        let mut lacking: Vec<(StoredFetch, Vec<Expected>)> = Vec::new();
        for expected in missing {
            let day = look.request.day_of(expected.stamp);
            let asked_for_it = fetches.iter().filter(|fetch| fetch.covers(day));
            let Some(newest) = asked_for_it.max_by_key(|fetch| fetch.at) else { return Ok(None) };
            match lacking.iter_mut().find(|(fetch, _)| fetch == newest) {
                Some((_, lacked)) => lacked.push(*expected),
                None => lacking.push((*newest, vec![*expected])),
            }
        }
        let Look { request, strong, .. } = look;
        let asked = match lacking.is_empty() {
            true => None,
            false => self.store.record_of(request, &request.window, provider, strong).await?,
        };
        let words = lacking.into_iter().map(|(fetch, lacked)| {
            let asked = asked.clone();
            async move {
                let explains = |record: &CompletenessRecord| {
                    let counts = look.staleness == Staleness::Accepted || request.now < record.expires_at;
                    counts && (self.completeness.explained)(record, &lacked, fetch.at)
                };
                let record = match (asked.filter(&explains), fetch.window.filter(|window| *window != request.window)) {
                    (None, Some(own)) => self.store.record_of(request, &own, provider, strong).await?.filter(explains),
                    (record, _) => record,
                };
                Ok(record.map(|record| Word { fetch, record }))
            }
        });
        Ok(try_join_all(words).await?.into_iter().collect())
    }
}
