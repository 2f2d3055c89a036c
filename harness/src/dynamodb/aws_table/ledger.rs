//! What a run does with a table that is not its own: how much of it, and whether it still may.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{RwLock, RwLockReadGuard};

use super::cost::Cost;

/// The bytes that one read unit pays for.
const READ_UNIT: usize = 4096;

/// Shared by every lab of a run.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    reads: AtomicU64,
    writes: AtomicU64,
    /// Calls under way hold it for reading; who ends the run takes it for good.
    open: RwLock<()>,
}

impl Ledger {
    /// Lets a call pass. It waits for ever when the run has been ended: nothing may be written behind the back of
    /// who cleans up.
    pub(crate) async fn enter(&self) -> RwLockReadGuard<'_, ()> {
        self.open.read().await
    }

    /// Waits for the calls under way, and lets no other pass.
    pub(super) async fn close(&self) {
        std::mem::forget(self.open.write().await);
    }

    /// Counts what a call cost, about: a write unit an item, a read unit for each 4 KB of the answer.
    pub(crate) fn note(&self, operation: &str, items: usize, answer: usize) {
        let units = match operation {
            "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" => (0, items as u64),
            "TransactWriteItems" => (0, 2 * items as u64),
            "GetItem" | "BatchGetItem" | "Query" | "Scan" => (items.max(1 + answer / READ_UNIT) as u64, 0),
            _ => (0, 0),
        };
        self.reads.fetch_add(units.0, Ordering::Relaxed);
        self.writes.fetch_add(units.1, Ordering::Relaxed);
    }

    /// What was spent so far.
    pub(super) fn spent(&self) -> Cost {
        Cost { reads: self.reads.load(Ordering::Relaxed), writes: self.writes.load(Ordering::Relaxed) }
    }
}
