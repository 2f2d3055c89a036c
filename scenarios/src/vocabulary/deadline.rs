//! An instance with a short deadline, and how long its answers take.

use std::time::Duration;

use harness::observe::journal::Party;
use harness::{Lab, milliseconds};

/// Settings with a deadline of 400 ms instead of 5 s.
pub(crate) fn short() -> [(&'static str, String); 4] {
    [
        ("OHLC_PROVIDER_TIMEOUT", milliseconds(300)),
        ("OHLC_CEILING_MARGIN", milliseconds(50)),
        ("OHLC_CEILING", milliseconds(400)),
        ("OHLC_LAST_LOOK", milliseconds(100)),
    ]
}

/// The time from the start of the last look into a partition to the last answer.
pub(crate) fn from_last_look_to_answer(lab: &Lab, partition: &str) -> Option<Duration> {
    let mut looks = lab.journal.to(Party::DynamoDb).into_iter();
    let look = looks.rfind(|call| call.operation == "Query" && call.subject.contains(partition))?;
    let answer = lab.journal.to(Party::Server).pop()?.answer?;
    answer.at.checked_sub(look.at)
}

/// How long the last request took.
pub(crate) fn last_answer_took(lab: &Lab) -> Option<Duration> {
    let asked = lab.journal.to(Party::Server).pop()?;
    asked.answer?.at.checked_sub(asked.at)
}
