//! L1: answers in memory.
//!
//! An entry past its freshness stays until it is evicted: it is not served as fresh, but when nothing better is at
//! hand it is served as stale (D25).

mod entries;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};

pub use entries::{Entries, Entry, scan_resistant};

use crate::answer::{Answer, Source};

/// Every answer is worth keeping, wherever it came from: what memory lost it gets back from the table (D9).
pub fn kept_from(_source: Source) -> bool {
    true
}

/// What was under way during an invalidation may be older than it, so it is served and not kept (F7).
pub fn outlives(before: u64, now: u64) -> bool {
    before == now
}

/// An answer is about the one ticker that it is about, not about those that begin like it (D32).
pub fn is_about(ticker: &str, asked: &str) -> bool {
    ticker == asked
}

/// The in-memory layer of one instance.
pub struct L1 {
    entries: Arc<dyn Entries>,
    evictions: AtomicUsize,
    invalidations: AtomicU64,
    /// Written while entries are invalidated, so that none is put at that very moment.
    putting: RwLock<()>,
}

impl L1 {
    /// A layer that keeps its answers there.
    pub fn new(entries: Arc<dyn Entries>) -> Self {
        Self { entries, evictions: AtomicUsize::new(0), invalidations: AtomicU64::new(0), putting: RwLock::new(()) }
    }

    /// An answer that is fresh at `now`.
    pub fn fresh(&self, key: &str, now: DateTime<Utc>) -> Option<Arc<Answer>> {
        self.entries.get(key).filter(|entry| now < entry.expires_at).map(|entry| entry.answer)
    }

    /// An answer of any age.
    pub fn any(&self, key: &str) -> Option<Arc<Answer>> {
        self.entries.get(key).map(|entry| entry.answer)
    }

    /// How many invalidations there have been so far.
    pub fn invalidations(&self) -> u64 {
        self.invalidations.load(Ordering::Acquire)
    }

    /// Keeps an answer until `expires_at`, or until it is evicted; if `meant` says so, given how many invalidations
    /// there have been.
    pub fn put(&self, key: String, answer: Arc<Answer>, expires_at: DateTime<Utc>, meant: impl FnOnce(u64) -> bool) {
        let _putting = self.putting.read().unwrap_or_else(PoisonError::into_inner);
        if !meant(self.invalidations()) {
            return;
        }
        let evicted = self.entries.put(key, Entry { answer, expires_at });
        self.evictions.fetch_add(evicted, Ordering::Relaxed);
    }

    /// An invalidation begins: what is under way by now comes too late to be kept, here or in the table.
    pub fn overtake(&self) {
        let _alone = self.putting.write().unwrap_or_else(PoisonError::into_inner);
        self.invalidations.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets the answers about these tickers for good: whatever is under way by then comes too late. Gives their
    /// number.
    pub fn invalidate(&self, meant: impl Fn(&str) -> bool) -> usize {
        let _alone = self.putting.write().unwrap_or_else(PoisonError::into_inner);
        self.invalidations.fetch_add(1, Ordering::AcqRel);
        self.forget(meant)
    }

    /// Forgets the answers about these tickers; gives their number.
    pub fn forget(&self, meant: impl Fn(&str) -> bool) -> usize {
        let before = self.entries.len();
        self.entries.retain(&|entry| !meant(&entry.answer.ticker));
        before.saturating_sub(self.entries.len())
    }

    /// How many answers it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many answers were evicted to make room.
    pub fn evictions(&self) -> usize {
        self.evictions.load(Ordering::Relaxed)
    }
}
