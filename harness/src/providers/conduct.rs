//! How a provider behaves: its key, its troubles, and the gates that hold its answers.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::market::symbol;
use crate::gate::Barrier;

/// What happens to a call instead of a plain answer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trouble {
    Refuses { status: u16, retry_after: Option<u32> },
    Hangs,
    Drops,
    Delays(Duration),
}

/// A trouble that has begun. It lasts until [`recovers`](super::Provider::recovers), unless told otherwise.
#[derive(Debug)]
pub struct Spell {
    calls: Arc<AtomicUsize>,
}

impl Spell {
    /// Lets it last for the next `calls` calls only. Spells that are counted come one after the other, in the order in
    /// which they were told, and before those that last.
    pub fn for_calls(self, calls: usize) {
        self.calls.store(calls, Ordering::Relaxed);
    }
}

/// A spell that ends with recovery alone.
const LASTING: usize = usize::MAX;

#[derive(Debug)]
pub(super) struct Conduct {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    key: String,
    spells: Vec<(Trouble, Arc<AtomicUsize>)>,
    /// Each holds the calls about one symbol, or all.
    gates: Vec<(Option<String>, Barrier)>,
}

impl Conduct {
    pub(super) fn good(key: &str) -> Self {
        Self { state: Mutex::new(State { key: key.to_owned(), spells: Vec::new(), gates: Vec::new() }) }
    }

    pub(super) fn key(&self) -> String {
        self.state().key.clone()
    }

    pub(super) fn accepts_key(&self, key: &str) {
        key.clone_into(&mut self.state().key);
    }

    pub(super) fn suffers(&self, trouble: Trouble) -> Spell {
        let calls = Arc::new(AtomicUsize::new(LASTING));
        self.state().spells.push((trouble, Arc::clone(&calls)));
        Spell { calls }
    }

    pub(super) fn recovers(&self) {
        self.state().spells.clear();
    }

    pub(super) fn holds(&self, ticker: Option<&str>, barrier: Barrier) {
        self.state().gates.push((ticker.map(symbol), barrier));
    }

    /// The trouble that meets the next call.
    pub(super) fn next_trouble(&self) -> Option<Trouble> {
        let spells = &mut self.state().spells;
        spells.retain(|(_, calls)| calls.load(Ordering::Relaxed) > 0);
        let counted = spells.iter().find(|(_, calls)| calls.load(Ordering::Relaxed) != LASTING);
        if let Some((trouble, calls)) = counted {
            calls.fetch_sub(1, Ordering::Relaxed);
            return Some(*trouble);
        }
        spells.last().map(|(trouble, _)| *trouble)
    }

    /// The gates that a call about `ticker` must pass.
    pub(super) fn barriers(&self, ticker: Option<&str>) -> Vec<Barrier> {
        let about = ticker.map(symbol);
        let state = self.state();
        let gates = state.gates.iter().filter(|(held, _)| held.is_none() || *held == about);
        gates.map(|(_, barrier)| barrier.clone()).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Refuses { status, retry_after: None } => write!(f, "refuses with {status}"),
            Trouble::Refuses { status, retry_after: Some(seconds) } => {
                write!(f, "refuses with {status}, Retry-After {seconds}")
            }
            Trouble::Hangs => f.write_str("hangs"),
            Trouble::Drops => f.write_str("drops the connection"),
            Trouble::Delays(delay) => write!(f, "answers {} ms late", delay.as_millis()),
        }
    }
}
