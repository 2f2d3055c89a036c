//! Whether a window is complete: every candle that the exchange's sessions let expect, looked for by name.
//!
//! Counting would not do: old candles, or a bar too many, would make up for a missing one.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::candle::Stamp;
use crate::policy::policy;
use crate::providers::ParsedCandles;
use crate::request::{Expected, Request, Resolution};
use crate::store::CompletenessRecord;
use crate::store::items::StoredCandle;

policy! {
    /// When a window is whole.
    CompletenessPolicy "completeness" {
        functions {
            /// Whether a provider's answer is worth keeping.
            worth_keeping: fn(&ParsedCandles) -> bool = worth_keeping,
                decides "if it holds candles: no candles today say nothing about tomorrow",
                shows [(&ParsedCandles { candles: Vec::new(), rejected: 0 }), (&ParsedCandles { candles: vec![candle("2026-02-03")], rejected: 0 })],
                from "decisions.md#worth-keeping";
            /// The expected candles that are not among those that are there.
            missing: fn(&Request, &HashSet<Stamp>) -> Vec<Expected> = missing,
                decides "every expected candle by name; expected by the exchange's sessions, early closes included",
                shows [(&request("AAPL", "range=1D", "2026-02-03T22:00:00Z"), &HashSet::new()),
                    (&request("AAPL", "range=1D", "2026-02-03T22:00:00Z"), &HashSet::from([Stamp::Day(day("2026-02-03"))]))],
                from "decisions.md#missing";
            /// Whether a record explains that these candles of a fetch are missing.
            explained: fn(&CompletenessRecord, &[Expected], DateTime<Utc>) -> bool = explained,
                decides "if it is about that fetch, and names each of them",
                shows [(&record(), &[expected()], at("2026-02-03T22:00:00Z")), (&record(), &[expected()], at("2026-02-03T22:01:00Z"))],
                from "decisions.md#explained";
            /// When the candles that are stored of a window were fetched, if they are the very ones that a fetch brought.
            unchanged: fn(&[StoredCandle], &[StoredCandle]) -> Option<DateTime<Utc>> = unchanged,
                decides "if they are the same, closed or not as these, and all from one fetch: then they are not written again",
                shows [(&[stored()], &[StoredCandle { fetched_at: at("2026-02-05T22:00:00Z"), ..stored() }]), (&[], &[stored()])],
                from "decisions.md#unchanged";
            /// The resolution that an answer is stored under, given whether daily candles stand in for intraday ones.
            stored_as: fn(Resolution, bool) -> Option<Resolution> = stored_as, decides "its own; what stands in is not stored",
                shows [(Resolution::Hour, false), (Resolution::Hour, true)], from "decisions.md#stored-as";
        }
    }
}

/// The expected candles that are not among those that are there.
pub fn missing(request: &Request, there: &HashSet<Stamp>) -> Vec<Expected> {
    request.expected().iter().filter(|expected| !there.contains(&expected.stamp)).copied().collect()
}

/// Whether an answer says anything that holds tomorrow: one without candles does not.
pub fn worth_keeping(parsed: &ParsedCandles) -> bool {
    !parsed.candles.is_empty()
}

/// A record explains a hole that it names, in candles of the very fetch that it is about: another one may have found
/// them, and what has gone missing since is no hole of the provider's.
pub fn explained(record: &CompletenessRecord, missing: &[Expected], fetched_at: DateTime<Utc>) -> bool {
    let names = |expected: &Expected| record.absent.contains(&CompletenessRecord::name(expected.stamp));
    record.fetched_at == fetched_at && missing.iter().all(names)
}

/// Daily candles that stand in for intraday ones are not the daily window's answer, so they are stored nowhere.
pub fn stored_as(resolution: Resolution, in_days: bool) -> Option<Resolution> {
    (!in_days).then_some(resolution)
}

/// When what is there was fetched, if a fetch brought just that again: the same candles, as closed as they are by now, and
/// all from one fetch. Whoever writes them again pays for nothing.
pub fn unchanged(there: &[StoredCandle], fetched: &[StoredCandle]) -> Option<DateTime<Utc>> {
    let same = |(there, fetched): (&StoredCandle, &StoredCandle)| {
        there.candle == fetched.candle && there.is_closed == fetched.is_closed
    };
    let all_same = there.len() == fetched.len() && there.iter().zip(fetched).all(same);
    let fetched_at = there.first()?.fetched_at;
    (all_same && there.iter().all(|stored| stored.fetched_at == fetched_at)).then_some(fetched_at)
}
