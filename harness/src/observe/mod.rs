//! What a scenario can see from outside: the journal of wire calls, log lines, metrics.

pub mod body;
pub mod journal;
pub mod metrics;
