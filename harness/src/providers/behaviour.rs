//! How a provider behaves: its key, its faults, and the gates that hold its answers.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::market::symbol;
use super::reply::Reply;
use crate::gate::Barrier;

/// What happens to a call instead of a plain answer.
#[derive(Debug, Clone)]
pub(super) enum ProviderFault {
    Refuses { status: u16, retry_after: Option<u32> },
    Redirects { location: String },
    Replies(Reply),
    Changes { how: &'static str, change: Change },
    Hangs,
    Drops,
    Resets,
    Delays(Duration),
}

/// What becomes of an answer.
#[derive(Clone)]
pub(super) struct Change(pub(super) Arc<dyn Fn(Reply) -> Reply + Send + Sync>);

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change")
    }
}

/// A fault, and which calls it meets.
#[derive(Debug, Clone)]
struct Begun {
    fault: ProviderFault,
    /// How many calls it still meets.
    calls: Arc<AtomicUsize>,
    /// The first call of a connection that it meets.
    from_turn: Arc<AtomicUsize>,
}

/// A fault that has begun. It lasts until [`recovers`](super::Provider::recovers), unless told otherwise.
#[derive(Debug)]
pub struct FaultGuard {
    calls: Arc<AtomicUsize>,
    from_turn: Arc<AtomicUsize>,
}

impl FaultGuard {
    /// Lets it last for the next `calls` calls only. Faults that are counted come one after the other, in the order in
    /// which they were told, and before those that last.
    pub fn for_calls(self, calls: usize) {
        self.calls.store(calls, Ordering::Relaxed);
    }

    /// Lets it meet a connection's calls from the `turn`th on only: from the second, those on a connection that was kept.
    pub fn from_turn(self, turn: usize) -> Self {
        self.from_turn.store(turn, Ordering::Relaxed);
        self
    }
}

/// A spell that ends with recovery alone.
const LASTING: usize = usize::MAX;

#[derive(Debug)]
pub(super) struct Behaviour {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    key: String,
    faults: Vec<Begun>,
    /// Each holds the calls about one symbol, or all.
    gates: Vec<(Option<String>, Barrier)>,
    /// The calls that the double did not know.
    not_known: Vec<String>,
}

impl Behaviour {
    pub(super) fn good(key: &str) -> Self {
        let (faults, gates, not_known) = (Vec::new(), Vec::new(), Vec::new());
        Self { state: Mutex::new(State { key: key.to_owned(), faults, gates, not_known }) }
    }

    pub(super) fn key(&self) -> String {
        self.state().key.clone()
    }

    pub(super) fn accepts_key(&self, key: &str) {
        key.clone_into(&mut self.state().key);
    }

    pub(super) fn does_not_know(&self, call: String) {
        self.state().not_known.push(call);
    }

    pub(super) fn not_known(&self) -> Vec<String> {
        self.state().not_known.clone()
    }

    pub(super) fn suffers(&self, fault: ProviderFault) -> FaultGuard {
        let (calls, from_turn) = (Arc::new(AtomicUsize::new(LASTING)), Arc::new(AtomicUsize::new(1)));
        let guard = FaultGuard { calls: Arc::clone(&calls), from_turn: Arc::clone(&from_turn) };
        self.state().faults.push(Begun { fault, calls, from_turn });
        guard
    }

    pub(super) fn recovers(&self) {
        self.state().faults.clear();
    }

    pub(super) fn holds(&self, ticker: Option<&str>, barrier: Barrier) {
        self.state().gates.push((ticker.map(symbol), barrier));
    }

    /// The fault that meets the next call, given its number on its connection.
    pub(super) fn next_fault(&self, turn: usize) -> Option<ProviderFault> {
        let faults = &mut self.state().faults;
        faults.retain(|begun| begun.calls.load(Ordering::Relaxed) > 0);
        let mut meant = faults.iter().filter(|begun| begun.from_turn.load(Ordering::Relaxed) <= turn);
        let counted = meant.clone().find(|begun| begun.calls.load(Ordering::Relaxed) != LASTING);
        if let Some(Begun { fault, calls, .. }) = counted {
            calls.fetch_sub(1, Ordering::Relaxed);
            return Some(fault.clone());
        }
        meant.next_back().map(|begun| begun.fault.clone())
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

impl fmt::Display for ProviderFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProviderFault::Refuses { status, retry_after: None } => write!(f, "refuses with {status}"),
            ProviderFault::Refuses { status, retry_after: Some(seconds) } => {
                write!(f, "refuses with {status}, Retry-After {seconds}")
            }
            ProviderFault::Redirects { location } => write!(f, "redirects to {location}"),
            ProviderFault::Replies(reply) => write!(f, "replies with {} and a body of its own", reply.status()),
            ProviderFault::Changes { how, .. } => write!(f, "answers {how}"),
            ProviderFault::Hangs => f.write_str("hangs"),
            ProviderFault::Drops => f.write_str("drops the connection"),
            ProviderFault::Resets => f.write_str("resets the connection"),
            ProviderFault::Delays(delay) => write!(f, "answers {} ms late", delay.as_millis()),
        }
    }
}
