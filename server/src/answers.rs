//! Answers: made of what was found or fetched, and kept in memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::answer::{Answer, Parts};
use crate::candle::CandlePolicy;
use crate::completeness::CompletenessPolicy;
use crate::freshness::{FreshnessPolicy, answers_until};
use crate::l1::L1;
use crate::providers::Fetched;
use crate::request::Request;
use crate::store::CompleteWindow;

/// Makes answers, and keeps them.
pub(crate) struct Answers {
    pub(crate) memory: Arc<L1>,
    pub(crate) candles: CandlePolicy,
    pub(crate) completeness: CompletenessPolicy,
    pub(crate) freshness: FreshnessPolicy,
}

impl Answers {
    /// Weekend, holiday, before the open: an empty answer, and nobody is asked.
    pub(crate) fn of_no_session(&self, request: &Request) -> Arc<Answer> {
        let parts = Parts {
            candles: &[],
            provider: None,
            fetched_at: request.now,
            fresh_until: request.fresh_until(),
            in_days: false,
        };
        Answer::new(request, &parts, &self.candles)
    }

    /// The answer that a whole window of the table makes.
    pub(crate) fn of_window(&self, request: &Request, window: &CompleteWindow) -> Arc<Answer> {
        let parts = Parts {
            candles: &window.candles,
            provider: Some(window.provider),
            fetched_at: window.fetched_at,
            fresh_until: (self.freshness.answer_expiry)(request.fresh_until(), window.counts_until),
            in_days: false,
        };
        Answer::new(request, &parts, &self.candles)
    }

    /// The answer that a fetch makes.
    pub(crate) fn of_fetch(&self, request: &Request, fetched: &Fetched) -> Arc<Answer> {
        let Fetched { provider, parsed, in_days } = fetched;
        let parts = Parts {
            candles: &parsed.candles,
            provider: Some(*provider),
            fetched_at: request.now,
            fresh_until: self.fetch_fresh_until(request, fetched),
            in_days: *in_days,
        };
        Answer::new(request, &parts, &self.candles)
    }

    /// Keeps the answer that a fetch made, if that says anything.
    pub(crate) fn keep_fetch(&self, request: &Request, answer: &Arc<Answer>, fetched: &Fetched) {
        if (self.completeness.worth_keeping)(&fetched.parsed) {
            self.keep(request, answer);
        }
    }

    /// An answer past its freshness, which ended then.
    pub(crate) fn stale(&self, request: &Request, answer: &Answer, fresh_until: DateTime<Utc>) -> Arc<Answer> {
        answer.stale((self.freshness.stale_since)(fresh_until, request.now))
    }

    /// Keeps an answer for as long as it is fresh.
    pub(crate) fn keep(&self, request: &Request, answer: &Arc<Answer>) {
        let expires_at = (self.freshness.l1_expiry)(answer.fresh_until, request.now, self.freshness.l1_ttl);
        self.memory.put(request.cache_key.clone(), Arc::clone(answer), expires_at, request.epoch);
    }

    /// Until when what a fetch brought answers the request: no longer than the items that are made of it.
    fn fetch_fresh_until(&self, request: &Request, fetched: &Fetched) -> DateTime<Utc> {
        let Fetched { parsed, in_days, .. } = fetched;
        let in_days = in_days.then(|| request.in_days());
        let request = in_days.as_ref().unwrap_or(request);
        let (now, policy) = (request.now, &self.freshness);
        let there = parsed.candles.iter().map(|candle| candle.stamp).collect();
        let absent = (self.completeness.missing)(request, &there);
        let lacking = (policy.absence_expiry)(&absent, parsed.rejected, now, policy);
        let buckets = parsed.candles.iter().filter_map(|candle| request.bucket_of(candle.stamp));
        let ends = buckets
            .map(|bucket| answers_until(&bucket, bucket.closes <= now, (policy.item_expiry)(&bucket, now, policy)));
        (policy.answer_expiry)(request.fresh_until(), ends.fold(lacking, Ord::min))
    }
}
