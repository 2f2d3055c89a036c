//! What a target can do, and what it turns out not to.

use crate::words::words;

/// Something that a target must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Follow the scenario's calendar.
    Clock,
    /// Run several instances on one table.
    SeveralInstances,
    /// Start with a time zone, locale and host name of the scenario's choice.
    OwnEnvironment,
    /// Hand over the alarms that it is deployed with.
    Alarms,
    /// Empty its memory while it runs.
    DropL1,
    /// Go wrong at a place inside, when told to.
    FailPoints,
    /// Show its logs.
    Logs,
    /// Show its metrics.
    Metrics,
    /// Lose the sink of its metrics, and tell when that was noticed.
    LoseSink,
    /// Go on while nobody reads its log: standard output is a pipe that fills.
    UnreadLog,
    /// Have a process to itself: memory that can be measured, and the environment that libraries look into.
    OwnProcess,
    /// Fill the table before anyone asks.
    Warm,
    /// Take the signals that an operator sends to a process, and end with an exit code.
    Signals,
    /// Be killed, with everything that it has under way.
    Kill,
    /// Be as it is shipped: without anything that only tests may do.
    Shipped,
}

words!(Need {
    Clock "clock control",
    SeveralInstances "several instances",
    OwnEnvironment "an environment of its own",
    Alarms "a declaration of its alarms",
    DropL1 "dropping L1",
    FailPoints "fail points",
    Logs "logs",
    Metrics "metrics",
    LoseSink "losing its metrics sink",
    UnreadLog "a log that nobody reads",
    OwnProcess "a process of its own",
    Warm "warming",
    Signals "signals",
    Kill "being killed",
    Shipped "the form in which it is shipped",
});

/// Something that a scenario turned out to need on its way, and the target cannot do. Nobody is to blame: the scenario
/// is not run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the target lacks {0}")]
pub struct Unsupported(
    /// What it lacks, as it follows "lacks" in a sentence.
    pub String,
);
