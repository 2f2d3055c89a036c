//! Which expected candles an answer lacks, and whether they may still come.

use std::collections::HashSet;

use crate::candle::{Candle, Stamp};
use crate::request::{Expected, Request};
use crate::rules::Rules;

/// The expected candles that are not there.
pub(crate) fn absent<'a>(request: &'a Request, candles: &[Candle]) -> Vec<&'a Expected> {
    let there: HashSet<Stamp> = candles.iter().map(|candle| candle.stamp).collect();
    request.expected.iter().filter(|expected| !there.contains(&expected.stamp)).collect()
}

/// Whether one of them may merely be late: a provider publishes the day's bar hours after the close.
pub(crate) fn may_still_come(absent: &[&Expected], request: &Request, rules: &Rules) -> bool {
    absent.iter().any(|expected| request.now < expected.closes + rules.absence_settles)
}
