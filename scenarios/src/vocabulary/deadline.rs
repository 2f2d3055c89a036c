//! An instance with a short deadline, and how long its answers take.

use std::time::Duration;

use harness::observe::journal::Peer;
use harness::{Lab, Time};

/// The settings of an instance whose table may be silent past the deadline; where waiting takes real time, the
/// deadline is 400 ms instead of 5 s.
pub(crate) fn short(time: Time) -> Vec<(&'static str, String)> {
    let mut settings = time.shortened([
        ("OHLC_PROVIDER_TIMEOUT", 300),
        ("OHLC_CEILING_MARGIN", 50),
        ("OHLC_CEILING", 400),
        ("OHLC_LAST_LOOK", 100),
    ]);
    settings.push(("OHLC_DYNAMODB_TIMEOUT", "10s".into()));
    settings
}

/// The settings of an instance whose last look may take longer than 100 ms, where how busy the machine is would decide.
pub(crate) fn unhurried(time: Time) -> Vec<(&'static str, String)> {
    time.shortened([("OHLC_LAST_LOOK", 2_000)])
}

/// The time from the start of the last look into a partition to the last answer.
pub(crate) fn from_last_look_to_answer(lab: &Lab, partition: &str) -> Option<Duration> {
    let mut looks = lab.journal.to(Peer::DynamoDb).into_iter();
    let look = looks.rfind(|call| call.operation == "Query" && call.subject.contains(partition))?;
    let answer = lab.journal.to(Peer::Server).pop()?.answer?;
    answer.at.checked_sub(look.at)
}

/// How long the last request took.
pub(crate) fn last_answer_took(lab: &Lab) -> Option<Duration> {
    let asked = lab.journal.to(Peer::Server).pop()?;
    asked.answer?.at.checked_sub(asked.at)
}
