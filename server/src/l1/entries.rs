//! What memory holds, and which entry makes room for a new one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, UnitWeighter};

use crate::answer::Answer;

/// An answer in memory.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The answer.
    pub answer: Arc<Answer>,
    /// From when on it is not fresh any more.
    pub expires_at: DateTime<Utc>,
}

/// A bounded number of entries, by cache key.
pub trait Entries: Send + Sync {
    /// The entry of this key.
    fn get(&self, key: &str) -> Option<Entry>;

    /// Keeps an entry, in place of the one that has its key; gives the number of others that made room for it.
    fn put(&self, key: String, entry: Entry) -> usize;

    /// Keeps only those that are meant.
    fn retain(&self, meant: &dyn Fn(&Entry) -> bool);

    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Room for so many entries. What was read again stays; what was read once makes room first, so that a sweep of
/// one-time keys does not evict the popular ones.
pub fn scan_resistant(capacity: usize) -> Arc<dyn Entries> {
    let (hash, evicted) = (DefaultHashBuilder::default(), Evicted);
    Arc::new(ScanResistant(Cache::with(capacity, capacity as u64, UnitWeighter, hash, evicted)))
}

struct ScanResistant(Cache<String, Entry, UnitWeighter, DefaultHashBuilder, Evicted>);

/// Notes the keys that an insertion evicts.
#[derive(Debug, Clone)]
struct Evicted;

impl Lifecycle<String, Entry> for Evicted {
    type RequestState = Vec<String>;

    fn on_evict(&self, evicted: &mut Vec<String>, key: String, _entry: Entry) {
        evicted.push(key);
    }
}

impl Entries for ScanResistant {
    fn get(&self, key: &str) -> Option<Entry> {
        self.0.get(key)
    }

    fn put(&self, key: String, entry: Entry) -> usize {
        let mut evicted = Vec::new();
        self.0.insert_with_lifecycle(key.clone(), entry, &mut evicted);
        // The library also names the key itself, when it replaces its entry: that one makes no room.
        evicted.into_iter().filter(|gone| *gone != key).count()
    }

    fn retain(&self, meant: &dyn Fn(&Entry) -> bool) {
        self.0.retain(|_, entry| meant(entry));
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}
