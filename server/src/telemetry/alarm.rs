//! What may raise an alarm, and by how much its metric grows: thresholds mean something only when every number does.

/// Something that an operator may be woken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// A DynamoDB call failed, retries included.
    CallFailed {
        /// Which one.
        operation: &'static str,
    },
    /// The breaker opened.
    BreakerOpened,
    /// A probe failed, and the breaker stays open.
    ProbeFailed,
    /// A Query page ended before its window did.
    PageTruncated,
    /// DynamoDB left items of a write unprocessed for good.
    ItemsGivenUp {
        /// How many.
        items: usize,
    },
}

/// A failed call, an opening and a cut page count as one, items as many as are given up. A failed probe is no opening:
/// the pager has rung for this outage.
pub fn worth(alarm: &Alarm) -> u64 {
    match alarm {
        Alarm::CallFailed { .. } | Alarm::BreakerOpened | Alarm::PageTruncated => 1,
        Alarm::ItemsGivenUp { items } => *items as u64,
        Alarm::ProbeFailed => 0,
    }
}
