//! What a scenario can see from outside: the journal of wire calls, log lines, metrics, and the alarms that they raise.

pub mod alarms;
pub mod body;
pub mod datapoints;
pub mod journal;
pub mod metrics;
