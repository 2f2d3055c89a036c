//! An instance that soon runs out of time, and how long it took.

use std::time::Duration;

use harness::Lab;
use harness::observe::journal::Party;

/// The settings of an instance whose ceiling is 400 ms instead of 5 s.
pub(crate) const SHORT: [(&str, &str); 3] =
    [("OHLC_PROVIDER_TIMEOUT", "300ms"), ("OHLC_CEILING_MARGIN", "50ms"), ("OHLC_CEILING", "400ms")];

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
