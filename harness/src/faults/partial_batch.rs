//! DynamoDB writes a part of a batch and hands the rest back.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::{Answer, Call, Fault, Next, Reply};

/// BatchWriteItem whose answer has UnprocessedItems.
#[derive(Debug, Clone, Copy)]
pub struct PartialBatch {
    keep: usize,
}

impl PartialBatch {
    /// The first `keep` items are written, the rest is handed back; 0 hands everything back.
    pub fn keeping(keep: usize) -> Self {
        Self { keep }
    }
}

impl Fault for PartialBatch {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        let items = call.accesses().len();
        if call.operation() != "BatchWriteItem" || items <= self.keep {
            return next.forward(call).await;
        }
        next.applied(format!("{} of {items} written", self.keep));
        let mut body = call.json();
        let unprocessed = split_off(&mut body["RequestItems"], self.keep);
        if self.keep == 0 {
            return Answer::new(StatusCode::OK, &json!({ "UnprocessedItems": unprocessed })).into();
        }
        let reply = next.forward(call.with_body(&body)).await;
        reply.map(|answer| hand_back(answer, unprocessed))
    }
}

/// Keeps the first `keep` writes, counted across the tables, and returns the others by table.
fn split_off(requests: &mut Value, mut keep: usize) -> Map<String, Value> {
    let mut unprocessed = Map::new();
    let Some(tables) = requests.as_object_mut() else { return unprocessed };
    for (table, writes) in tables.iter_mut() {
        let Some(writes) = writes.as_array_mut() else { continue };
        let kept = keep.min(writes.len());
        keep -= kept;
        let rest = writes.split_off(kept);
        if !rest.is_empty() {
            unprocessed.insert(table.clone(), rest.into());
        }
    }
    // DynamoDB does not take a table without writes.
    tables.retain(|_, writes| writes.as_array().is_some_and(|writes| !writes.is_empty()));
    unprocessed
}

/// Adds these to what the tier hands back itself.
fn hand_back(answer: Answer, unprocessed: Map<String, Value>) -> Answer {
    if !answer.status().is_success() {
        return answer;
    }
    let mut body = answer.json();
    for (table, writes) in unprocessed {
        let Value::Array(mut writes) = writes else { continue };
        match body["UnprocessedItems"][&table].as_array_mut() {
            Some(own) => own.append(&mut writes),
            None => body["UnprocessedItems"][&table] = writes.into(),
        }
    }
    answer.with_body(body.to_string())
}
