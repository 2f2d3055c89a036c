//! Pages end early, as they do in DynamoDB after 1 MB.

use serde_json::Value;

use super::{Call, Fault, Next, Reply};

/// Short pages for Query and Scan. The tier itself cuts them, so its LastEvaluatedKey is genuine.
#[derive(Debug, Clone, Copy)]
pub struct TruncatedPages {
    longest: u64,
}

impl TruncatedPages {
    /// Pages of at most this many items; a smaller Limit of the caller's own is kept.
    pub fn of(longest: u64) -> Self {
        Self { longest }
    }
}

impl Fault for TruncatedPages {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        if !matches!(call.operation(), "Query" | "Scan") {
            return next.forward(call).await;
        }
        let mut body = call.json();
        if body["Limit"].as_u64().is_some_and(|limit| limit <= self.longest) {
            return next.forward(call).await;
        }
        next.applied(format!("page of at most {}", self.longest));
        body["Limit"] = Value::from(self.longest);
        next.forward(call.with_body(&body)).await
    }
}
