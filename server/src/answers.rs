//! Answers: made of what was found or fetched, and kept in memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::answer::{Answer, Parts};
use crate::candle::{Candle, CandlePolicy};
use crate::completeness::{CompletenessPolicy, may_still_come};
use crate::freshness::FreshnessPolicy;
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
            fresh_until: self.fresh_until(request, &window.candles),
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

    /// Keeps the answer that a whole window of the table made.
    pub(crate) fn keep_window(&self, request: &Request, answer: &Arc<Answer>, window: &CompleteWindow) {
        self.keep(request, answer, self.fresh_until(request, &window.candles));
    }

    /// Keeps the answer that a fetch made, if that brought its whole window.
    pub(crate) fn keep_fetch(&self, request: &Request, answer: &Arc<Answer>, fetched: &Fetched) {
        let CompletenessPolicy { worth_keeping, whole_window, .. } = &self.completeness;
        if worth_keeping(&fetched.parsed) && whole_window(fetched.parsed.rejected) {
            self.keep(request, answer, self.fetch_fresh_until(request, fetched));
        }
    }

    fn keep(&self, request: &Request, answer: &Arc<Answer>, fresh_until: DateTime<Utc>) {
        let expires_at = (self.freshness.l1_expiry)(fresh_until, request.now, self.freshness.l1_ttl);
        self.memory.put(request.cache_key.clone(), Arc::clone(answer), expires_at, request.epoch);
    }

    fn fetch_fresh_until(&self, request: &Request, fetched: &Fetched) -> DateTime<Utc> {
        match fetched.in_days {
            true => self.fresh_until(&request.in_days(), &fetched.parsed.candles),
            false => self.fresh_until(request, &fetched.parsed.candles),
        }
    }

    /// Until when these candles answer the request: a short while only, if one is missing that may merely be late.
    fn fresh_until(&self, request: &Request, candles: &[Candle]) -> DateTime<Utc> {
        let there = candles.iter().map(|candle| candle.stamp).collect();
        let absent = (self.completeness.missing)(request, &there);
        match may_still_come(&absent, request.now, self.freshness.absence_settles) {
            true => request.fresh_until().min(request.now + self.freshness.ttl_unfinished),
            false => request.fresh_until(),
        }
    }
}
