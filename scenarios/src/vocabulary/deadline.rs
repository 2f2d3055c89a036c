//! An instance that soon runs out of time, and how long it took.

use std::time::Duration;

use harness::observe::journal::Party;
use harness::{Lab, milliseconds};

/// The settings of an instance whose ceiling is 400 ms instead of 5 s.
pub(crate) fn short() -> [(&'static str, String); 4] {
    [
        ("OHLC_PROVIDER_TIMEOUT", milliseconds(300)),
        ("OHLC_CEILING_MARGIN", milliseconds(50)),
        ("OHLC_CEILING", milliseconds(400)),
        ("OHLC_LAST_LOOK", milliseconds(100)),
    ]
}

/// How long after the last look into a partition had begun the last answer was out.
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
