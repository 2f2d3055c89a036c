//! Locks, as the wire and the table show them.

use harness::observe::journal::Party;
use harness::{Lab, Verdict};

/// Every attempt to take a lock so far, in order: its partition key and the status of the response.
pub(crate) fn tried(lab: &Lab) -> Vec<(String, u16)> {
    let calls = lab.journal.to(Party::DynamoDb).into_iter();
    calls
        .filter(|call| call.operation == "PutItem" && call.request["Item"]["SK"]["S"] == "LOCK")
        .map(|call| {
            let key = call.request["Item"]["PK"]["S"].as_str().unwrap_or_default().to_owned();
            (key, call.answer.map_or(0, |answer| answer.status))
        })
        .collect()
}

/// The status of every attempt to take a lock so far, in order: 200 if it was taken, 400 if another holder had it.
pub(crate) fn statuses(lab: &Lab) -> Vec<u16> {
    tried(lab).into_iter().map(|(_, status)| status).collect()
}

/// The current holder of a lock, if there is one.
pub(crate) async fn holder(lab: &Lab, partition: &str) -> Verdict<Option<String>> {
    let locks = lab.table.items_under(partition).await?;
    Ok(locks.first().and_then(|lock| lock.s("LockHolder")).map(str::to_owned))
}
