//! A memory that misbehaves.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use ohlc_server::Ports;
use ohlc_server::l1::{Entries, Entry};

use super::locked;

/// How an entry is put: given the entries that are there.
type Put = dyn Fn(&dyn Entries, String, Entry) -> usize + Send + Sync;

/// Lets entries be put by `broken`, which is given the sound ones.
pub(crate) fn puts(ports: &mut Ports, broken: impl Fn(&dyn Entries, String, Entry) -> usize + Send + Sync + 'static) {
    let (sound, put): (_, Arc<Put>) = (Arc::clone(&ports.memory), Arc::new(broken));
    ports.memory = Arc::new(move |room| Arc::new(Broken { sound: sound(room), put: Arc::clone(&put) }));
}

struct Broken {
    sound: Arc<dyn Entries>,
    put: Arc<Put>,
}

impl Entries for Broken {
    fn get(&self, key: &str) -> Option<Entry> {
        self.sound.get(key)
    }

    fn put(&self, key: String, entry: Entry) -> usize {
        (self.put)(&*self.sound, key, entry)
    }

    fn retain(&self, meant: &dyn Fn(&Entry) -> bool) {
        self.sound.retain(meant);
    }

    fn len(&self) -> usize {
        self.sound.len()
    }
}

/// Entries in a queue, whose first one makes room.
pub(crate) struct Queue {
    capacity: usize,
    reading_renews: bool,
    entries: Mutex<VecDeque<(String, Entry)>>,
}

impl Queue {
    /// A queue for so many; what is read may go to its end.
    pub(crate) fn of(capacity: usize, reading_renews: bool) -> Arc<dyn Entries> {
        Arc::new(Self { capacity, reading_renews, entries: Mutex::default() })
    }
}

impl Entries for Queue {
    fn get(&self, key: &str) -> Option<Entry> {
        let mut entries = locked(&self.entries);
        let place = entries.iter().position(|(known, _)| known == key)?;
        let found = entries[place].1.clone();
        if self.reading_renews
            && let Some(read) = entries.remove(place)
        {
            entries.push_back(read);
        }
        Some(found)
    }

    fn put(&self, key: String, entry: Entry) -> usize {
        let mut entries = locked(&self.entries);
        entries.retain(|(known, _)| *known != key);
        entries.push_back((key, entry));
        let evicted = entries.len().saturating_sub(self.capacity);
        entries.drain(..evicted);
        evicted
    }

    fn retain(&self, meant: &dyn Fn(&Entry) -> bool) {
        locked(&self.entries).retain(|(_, entry)| meant(entry));
    }

    fn len(&self) -> usize {
        locked(&self.entries).len()
    }
}
