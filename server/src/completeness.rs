//! Whether a window is complete: every candle that the exchange's sessions let expect, looked for by name (R2, R12).
//!
//! Counting would not do: old candles, or a bar too many, would make up for a missing one (G22, G23).

use std::collections::HashSet;

use crate::candle::{Candle, Stamp};
use crate::error::Failure;
use crate::providers::Harvest;
use crate::request::{Expected, Request, Resolution};
use crate::rules::Rules;

/// The expected candles that are not among those that are there.
pub fn missing(request: &Request, there: &HashSet<Stamp>) -> Vec<Expected> {
    request.expected().iter().filter(|expected| !there.contains(&expected.stamp)).copied().collect()
}

/// Whether an answer of which so many candles were left out as bad is its whole window.
pub fn whole_window(rejected: usize) -> bool {
    rejected == 0
}

/// Whether an answer says anything that holds tomorrow: one without candles does not (E4).
pub fn worth_keeping(harvest: &Harvest) -> bool {
    !harvest.candles.is_empty()
}

/// A successful answer is complete in itself: whatever it lacks does not exist (G11, G20).
pub fn settled(absent: Vec<Expected>) -> Vec<Expected> {
    absent
}

/// Nothing was traded yet: an answer like any other, and no news about the ticker (G11).
///
/// # Errors
/// Never.
pub fn empty_answer(_request: &Request) -> Result<(), Failure> {
    Ok(())
}

/// Daily candles that stand in for intraday ones are not the daily window's answer, so they are stored nowhere (G24).
pub fn stored_as(request: &Request, in_days: bool) -> Option<Resolution> {
    (!in_days).then_some(request.resolution)
}

/// What a successful answer lacks: candles that the provider does not have, or does not have yet.
pub(crate) fn absent(request: &Request, candles: &[Candle], rules: &Rules) -> Vec<Expected> {
    (rules.missing)(request, &candles.iter().map(|candle| candle.stamp).collect())
}

/// Whether one of them may merely be late: a provider publishes the day's bar hours after the close.
pub(crate) fn may_still_come(absent: &[Expected], request: &Request, rules: &Rules) -> bool {
    absent.iter().any(|expected| request.now < expected.closes + rules.absence_settles)
}
