//! How a provider behaves: its key, its faults, and the gates that hold its answers.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::market::symbol;
use crate::gate::Barrier;

/// What happens to a call instead of a plain answer.
#[derive(Debug, Clone)]
pub(super) enum ProviderFault {
    Refuses { status: u16, retry_after: Option<u32> },
    Redirects { location: String },
    Hangs,
    Drops,
    Delays(Duration),
}

/// A fault that has begun. It lasts until [`recovers`](super::Provider::recovers), unless told otherwise.
#[derive(Debug)]
pub struct FaultGuard {
    calls: Arc<AtomicUsize>,
}

impl FaultGuard {
    /// Lets it last for the next `calls` calls only. Faults that are counted come one after the other, in the order in
    /// which they were told, and before those that last.
    pub fn for_calls(self, calls: usize) {
        self.calls.store(calls, Ordering::Relaxed);
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
    faults: Vec<(ProviderFault, Arc<AtomicUsize>)>,
    /// Each holds the calls about one symbol, or all.
    gates: Vec<(Option<String>, Barrier)>,
}

impl Behaviour {
    pub(super) fn good(key: &str) -> Self {
        Self { state: Mutex::new(State { key: key.to_owned(), faults: Vec::new(), gates: Vec::new() }) }
    }

    pub(super) fn key(&self) -> String {
        self.state().key.clone()
    }

    pub(super) fn accepts_key(&self, key: &str) {
        key.clone_into(&mut self.state().key);
    }

    pub(super) fn suffers(&self, fault: ProviderFault) -> FaultGuard {
        let calls = Arc::new(AtomicUsize::new(LASTING));
        self.state().faults.push((fault, Arc::clone(&calls)));
        FaultGuard { calls }
    }

    pub(super) fn recovers(&self) {
        self.state().faults.clear();
    }

    pub(super) fn holds(&self, ticker: Option<&str>, barrier: Barrier) {
        self.state().gates.push((ticker.map(symbol), barrier));
    }

    /// The fault that meets the next call.
    pub(super) fn next_fault(&self) -> Option<ProviderFault> {
        let faults = &mut self.state().faults;
        faults.retain(|(_, calls)| calls.load(Ordering::Relaxed) > 0);
        let counted = faults.iter().find(|(_, calls)| calls.load(Ordering::Relaxed) != LASTING);
        if let Some((fault, calls)) = counted {
            calls.fetch_sub(1, Ordering::Relaxed);
            return Some(fault.clone());
        }
        faults.last().map(|(fault, _)| fault.clone())
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
            ProviderFault::Hangs => f.write_str("hangs"),
            ProviderFault::Drops => f.write_str("drops the connection"),
            ProviderFault::Delays(delay) => write!(f, "answers {} ms late", delay.as_millis()),
        }
    }
}
