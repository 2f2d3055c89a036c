//! What memory holds, and which entry makes room for a new one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter};

use crate::answer::Answer;

/// An answer in memory.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The answer.
    pub answer: Arc<Answer>,
    /// From when on it is not fresh any more.
    pub expires_at: DateTime<Utc>,
}

/// How much memory holds at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// So many entries,
    pub entries: usize,
    /// and so many bytes.
    pub bytes: u64,
}

/// A bounded number of entries and of their bytes, by cache key.
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

/// Entries that find room there. What was read again stays; what was read once makes room first, so that a sweep of
/// one-time keys does not evict the popular ones.
pub fn scan_resistant(room: Room) -> Arc<dyn Entries> {
    let entries = room.entries as u64;
    let bytes = if entries == 0 { 0 } else { room.bytes };
    // One measure for both bounds: an entry weighs its bytes, and its share of the room at least. A little less than that,
    // because a single one must fit into what the library leaves beside newcomers.
    let share = bytes.checked_div(entries).unwrap_or(0);
    let weight = Weight { share: share - share / entries.saturating_mul(32).max(1) };
    // The library divides the room into parts for 32 entries each, and none may be too small for a large answer.
    let estimated = room.entries.min(usize::try_from(bytes / LARGE).unwrap_or(usize::MAX)).max(1);
    Arc::new(ScanResistant(Cache::with(estimated, bytes, weight, DefaultHashBuilder::default(), Evicted)))
}

/// A 32nd of what the smallest part of the room must hold.
const LARGE: u64 = 64 * 1024;

struct ScanResistant(Cache<String, Entry, Weight, DefaultHashBuilder, Evicted>);

/// What an entry takes of the room.
#[derive(Debug, Clone)]
struct Weight {
    share: u64,
}

impl Weighter<String, Entry> for Weight {
    fn weight(&self, key: &String, entry: &Entry) -> u64 {
        ((key.len() + entry.answer.bytes()) as u64).max(self.share)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{answer, at};

    fn entry() -> Entry {
        Entry { answer: Arc::new(answer()), expires_at: at("2026-02-04T14:30:00Z") }
    }

    fn held(room: Room, put: usize) -> usize {
        let entries = scan_resistant(room);
        for number in 0..put {
            entries.put(format!("{number:08}"), entry());
        }
        entries.len()
    }

    #[test]
    fn so_many_entries_find_room_and_no_more() {
        for entries in [0, 1, 2, 10, 31] {
            assert_eq!(held(Room { entries, bytes: 256 << 20 }, 100), entries);
        }
    }

    #[test]
    fn so_many_bytes_find_room_and_no_more() {
        let bytes = (8 + answer().bytes()) as u64;
        for (room, entries) in [(0, 0), (bytes - 1, 0), (5 * bytes, 5), (10 * bytes - 1, 9)] {
            assert_eq!(held(Room { entries: 1000, bytes: room }, 100), entries, "{room} bytes");
        }
    }
}
