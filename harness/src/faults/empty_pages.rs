//! Pages with nothing in them that go on all the same, as DynamoDB may send them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Call, Fault, Next, Reply};

/// What the sort key begins with at which a made-up page ended: no tier has sent it.
const MADE_UP: &str = "\u{1}empty page ";

/// Empty pages for Query and Scan, each with a key to go on from; after them the tier's own answer, from its beginning.
#[derive(Debug)]
pub struct EmptyPages {
    left: AtomicUsize,
    pause: Duration,
}

impl EmptyPages {
    /// So many of them.
    pub fn first(pages: usize) -> Self {
        Self { left: AtomicUsize::new(pages), pause: Duration::ZERO }
    }

    /// An answer without an end, each page of which takes this long.
    pub fn without_end(pause: Duration) -> Self {
        Self { left: AtomicUsize::new(usize::MAX), pause }
    }

    /// The key to go on from, as the call's own table has it.
    fn key(call: &Call, left: usize) -> Value {
        let partition = call.accesses().first().and_then(|access| access.pk.as_deref()).unwrap_or("-");
        json!({"PK": {"S": partition}, "SK": {"S": format!("{MADE_UP}{left}")}})
    }
}

impl Fault for EmptyPages {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        if !matches!(call.operation(), "Query" | "Scan") {
            return next.forward(call).await;
        }
        let take = |left: usize| left.checked_sub(1);
        if let Ok(left) = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            next.applied("empty page");
            tokio::time::sleep(self.pause).await;
            let page = json!({"Items": [], "Count": 0, "ScannedCount": 0, "LastEvaluatedKey": Self::key(&call, left)});
            return Answer::new(StatusCode::OK, &page).into();
        }
        let mut body = call.json();
        let from = body["ExclusiveStartKey"]["SK"]["S"].as_str();
        if from.is_some_and(|from| from.starts_with(MADE_UP)) {
            body.as_object_mut().map(|body| body.remove("ExclusiveStartKey"));
            return next.forward(call.with_body(&body)).await;
        }
        next.forward(call).await
    }
}
