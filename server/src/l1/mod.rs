//! L1: answers in memory.
//!
//! An entry past its freshness stays until it is evicted: it is not served as fresh, but when nothing better is at
//! hand it is served as stale (`decisions.md#at-hand`).

mod entries;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};

pub use entries::{Entries, Entry, Room, scan_resistant};

use crate::answer::Answer;
use crate::policy::{Bytes, policy};

policy! {
    /// What memory keeps, and what an invalidation takes away.
    MemoryPolicy "memory" {
        values {
            /// How many bytes the answers in memory take at most.
            bytes: Bytes = Bytes::mebi(256), setting "OHLC_L1_BYTES", from "decisions.md#memory-by-bytes";
        }
        functions {
            /// Whether what began in one invalidation epoch is kept in another.
            outlives: fn(u64, u64) -> bool = outlives, decides "only if there was no invalidation in between",
                shows [(1, 1), (1, 2)], from "decisions.md#invalidation-epoch";
            /// Whether an answer about one ticker goes when another is invalidated.
            is_about: fn(&str, &str) -> bool = is_about, decides "only if they are the same",
                shows [("AA", "AA"), ("AAPL", "AA")], from "decisions.md#is-about";
        }
    }
}

/// What was under way during an invalidation may be older than it, so it is served and not kept.
pub fn outlives(before: u64, now: u64) -> bool {
    before == now
}

/// An answer is about the one ticker that it is about, not about those that begin like it.
pub fn is_about(ticker: &str, asked: &str) -> bool {
    ticker == asked
}

/// The in-memory layer of one instance.
pub struct L1 {
    entries: Arc<dyn Entries>,
    policy: MemoryPolicy,
    evictions: AtomicUsize,
    epoch: AtomicU64,
    /// Written while entries are invalidated, so that none is put at that very moment.
    putting: RwLock<()>,
}

impl L1 {
    /// A layer that keeps its answers there.
    pub fn new(entries: Arc<dyn Entries>, policy: MemoryPolicy) -> Self {
        let (evictions, epoch, putting) = (AtomicUsize::new(0), AtomicU64::new(0), RwLock::new(()));
        Self { entries, policy, evictions, epoch, putting }
    }

    /// An answer that is fresh at `now`.
    pub fn fresh(&self, key: &str, now: DateTime<Utc>) -> Option<Arc<Answer>> {
        self.entries.get(key).filter(|entry| now < entry.expires_at).map(|entry| entry.answer)
    }

    /// An answer of any age, and until when it was fresh.
    pub fn any(&self, key: &str) -> Option<Entry> {
        self.entries.get(key)
    }

    /// The invalidation epoch: how many invalidations there have been so far.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Whether what began in this epoch may still be kept, here or in the table.
    pub fn outlives(&self, epoch: u64) -> bool {
        (self.policy.outlives)(epoch, self.epoch())
    }

    /// Keeps an answer that was asked for in this epoch, until `expires_at`, or until it is evicted.
    pub fn put(&self, key: String, answer: Arc<Answer>, expires_at: DateTime<Utc>, epoch: u64) {
        let _putting = self.putting.read().unwrap_or_else(PoisonError::into_inner);
        if !self.outlives(epoch) {
            return;
        }
        let evicted = self.entries.put(key, Entry { answer, expires_at });
        self.evictions.fetch_add(evicted, Ordering::Relaxed);
    }

    /// A new epoch begins: what is under way by now comes too late to be kept, here or in the table.
    pub fn begin_epoch(&self) {
        let _alone = self.putting.write().unwrap_or_else(PoisonError::into_inner);
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets the answers about a ticker, or all, for good: whatever is under way by then comes too late. Gives their
    /// number.
    pub fn invalidate(&self, ticker: Option<&str>) -> usize {
        let _alone = self.putting.write().unwrap_or_else(PoisonError::into_inner);
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.forget(|about| ticker.is_none_or(|asked| (self.policy.is_about)(about, asked)))
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
