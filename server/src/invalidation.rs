//! Invalidation: one operation, every layer.

use std::sync::Arc;
use std::time::Duration;

use tracing::{error, info};

use crate::cache_layer::CacheLayer;
use crate::error::Failure;
use crate::l1::L1;
use crate::policy::policy;
use crate::store::Store;

policy! {
    /// What an invalidation clears.
    InvalidationPolicy "invalidation" {
        values {
            /// Which layers an invalidation clears, in this order. The table first: a look-up between the two would otherwise
            /// fill memory from it again.
            layers: &'static [CacheLayer] = &[CacheLayer::DynamoDb, CacheLayer::InMemory],
                or "the layers one by one, each with an operation of its own", from "decisions.md#invalidated-layers";
        }
    }
}

/// How many entries went, per layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cleared {
    pub(crate) in_memory: usize,
    pub(crate) dynamodb: usize,
}

/// Invalidates what the layers hold.
pub(crate) struct Invalidation {
    pub(crate) policy: InvalidationPolicy,
    pub(crate) memory: Arc<L1>,
    pub(crate) store: Arc<Store>,
    /// What a client is told to wait when the table could not be cleared.
    pub(crate) retry_after: Duration,
}

impl Invalidation {
    /// Invalidates one ticker, or everything. A new epoch begins first: a fetch that lands while the table is cleared is
    /// older than the invalidation.
    pub(crate) async fn invalidate(&self, ticker: Option<&str>) -> Result<Cleared, Failure> {
        self.memory.begin_epoch();
        let (mut in_memory, mut table) = (0, Ok(0));
        for layer in self.policy.layers {
            match (layer, ticker) {
                (CacheLayer::InMemory, _) => in_memory = self.memory.invalidate(ticker),
                (CacheLayer::DynamoDb, Some(ticker)) => table = self.store.invalidate_ticker(ticker).await,
                (CacheLayer::DynamoDb, None) => table = self.store.invalidate_all().await,
            }
        }
        let dynamodb = table.map_err(|cause| {
            error!(%cause, outcome = "invalidation_incomplete", "DynamoDB could not be cleared");
            Failure::Unavailable { retry_after: self.retry_after }
        })?;
        info!(ticker, in_memory, dynamodb, outcome = "invalidated", "cache invalidated");
        Ok(Cleared { in_memory, dynamodb })
    }
}
