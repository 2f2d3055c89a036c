//! A replica lags: reads that do not ask for consistency see the past.

use anyhow::Context;
use dynoxide::Database;
use hyper::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Answer, Call, Fault, Injected, Next, Reply};
use crate::dynamodb::{Embedded, Table};

/// Answers eventually consistent reads from a copy of the table, as it was when the lag began.
///
/// Such a read ends here: a fault that is to change it, too, must be injected before the lag.
pub struct ReplicaLag {
    past: Database,
}

impl ReplicaLag {
    /// A replica that stays behind from now on.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn behind(table: &Table) -> anyhow::Result<Self> {
        let tier = Embedded::in_memory(|| 0)?;
        let past = tier.database().clone();
        let copy = Table::create(tier.endpoint(), table.name()).await?;
        copy.put_all(table.items().await?).await.context("cannot copy the table")?;
        // The copy is asked directly from here on, not over a wire.
        tier.stop().await?;
        Ok(Self { past })
    }

    /// The answer of the past; `None` when the call must see the present.
    fn answer(&self, call: &Call) -> Option<Answer> {
        let read = call.json();
        if wants_consistency(&read) {
            return None;
        }
        match call.operation() {
            "GetItem" => ask(read, |get| self.past.get_item(get)),
            "BatchGetItem" => ask(read, |gets| self.past.batch_get_item(gets)),
            "Query" => ask(read, |query| self.past.query(query)),
            "Scan" => ask(read, |scan| self.past.scan(scan)),
            _ => None,
        }
    }
}

impl Fault for ReplicaLag {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        match self.answer(&call) {
            Some(answer) => {
                next.applied("answered from the past");
                answer.into()
            }
            None => next.forward(call).await,
        }
    }
}

/// A lag under way. It stays until [`LaggingReplica::catch_up`], also when this is dropped.
pub struct LaggingReplica(Injected);

impl LaggingReplica {
    pub(super) fn new(lag: Injected) -> Self {
        Self(lag)
    }

    /// How many reads were answered from the past.
    pub fn applied(&self) -> usize {
        self.0.applied()
    }

    /// From now on every read sees the present.
    pub fn catch_up(self) {
        self.0.end();
    }
}

fn wants_consistency(read: &Value) -> bool {
    let batches = read["RequestItems"].as_object().into_iter().flatten().map(|(_, batch)| batch);
    batches.chain([read]).any(|read| read["ConsistentRead"] == true)
}

/// A question that the copy cannot answer is left to the tier, whose error is the real one.
fn ask<Q: DeserializeOwned, A: Serialize>(
    read: Value,
    question: impl FnOnce(Q) -> dynoxide::Result<A>,
) -> Option<Answer> {
    let asked = serde_json::from_value(read).ok()?;
    let answer = serde_json::to_value(question(asked).ok()?).ok()?;
    Some(Answer::new(StatusCode::OK, &answer))
}
