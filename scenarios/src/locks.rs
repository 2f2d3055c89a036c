//! Locks, as the wire and the table show them.

use harness::observe::journal::Peer;
use harness::{Lab, Verdict};

/// Every try to take a lock so far, in order: its partition key, and the status that came back.
pub(crate) fn tried(lab: &Lab) -> Vec<(String, u16)> {
    let calls = lab.journal.to(Peer::DynamoDb).into_iter();
    calls
        .filter(|call| call.operation == "PutItem" && call.request["Item"]["SK"]["S"] == "LOCK")
        .map(|call| {
            let key = call.request["Item"]["PK"]["S"].as_str().unwrap_or_default().to_owned();
            (key, call.answer.map_or(0, |answer| answer.status))
        })
        .collect()
}

/// The statuses of every try to take a lock so far, in order: 200 when it was taken, 400 when somebody held it.
pub(crate) fn statuses(lab: &Lab) -> Vec<u16> {
    tried(lab).into_iter().map(|(_, status)| status).collect()
}

/// Who holds a lock at the moment, if anybody does.
pub(crate) async fn holder(lab: &Lab, partition: &str) -> Verdict<Option<String>> {
    let locks = lab.table.items_under(partition).await?;
    Ok(locks.first().and_then(|lock| lock.s("LockHolder")).map(str::to_owned))
}
