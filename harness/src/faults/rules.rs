//! The faults that are injected, and which of them meet a call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::fault::AnyFault;
use super::{Call, Fault, Matching};

/// One injected fault, the calls it is for, and what it has done.
pub(super) struct Rule {
    matching: Matching,
    pub(super) fault: Box<dyn AnyFault>,
    state: Mutex<State>,
    applied: AtomicUsize,
}

struct State {
    turns: usize,
    dice: ChaCha8Rng,
}

impl Rule {
    /// Whether the fault is for this call; counts the call when it is about what the fault is for.
    fn wants(&self, call: &Call) -> bool {
        if !self.matching.is_about(call) {
            return false;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.turns += 1;
        self.matching.has_turn(state.turns)
            && self.matching.chance().is_none_or(|chance| state.dice.random_bool(chance))
    }
}

/// Every injected fault, in the order of injection.
pub(super) struct Rules {
    seed: u64,
    injected: AtomicUsize,
    applied: AtomicUsize,
    standing: Mutex<Vec<Arc<Rule>>>,
}

impl Rules {
    pub(super) fn seeded(seed: u64) -> Self {
        Self { seed, injected: AtomicUsize::new(0), applied: AtomicUsize::new(0), standing: Mutex::default() }
    }

    pub(super) fn inject(self: &Arc<Self>, matching: Matching, fault: impl Fault) -> Injected {
        // A stream for each rule: what one draws does not depend on how often another did.
        let mut dice = ChaCha8Rng::seed_from_u64(self.seed);
        dice.set_stream(self.injected.fetch_add(1, Ordering::Relaxed) as u64);
        let rule = Arc::new(Rule {
            matching,
            fault: Box::new(fault),
            state: Mutex::new(State { turns: 0, dice }),
            applied: AtomicUsize::new(0),
        });
        self.standing().push(Arc::clone(&rule));
        Injected { rules: Arc::clone(self), rule }
    }

    /// The faults that this call meets, in order.
    pub(super) fn met_by(&self, call: &Call) -> Vec<Arc<Rule>> {
        self.standing().iter().filter(|rule| rule.wants(call)).cloned().collect()
    }

    pub(super) fn note_applied(&self, rule: &Rule) {
        rule.applied.fetch_add(1, Ordering::Relaxed);
        self.applied.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn applied(&self) -> usize {
        self.applied.load(Ordering::Relaxed)
    }

    fn standing(&self) -> MutexGuard<'_, Vec<Arc<Rule>>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fault at work. It stays until [`Injected::end`] or until the proxy ends, also when this is dropped.
pub struct Injected {
    rules: Arc<Rules>,
    rule: Arc<Rule>,
}

impl Injected {
    /// How many calls it has done something to.
    pub fn applied(&self) -> usize {
        self.rule.applied.load(Ordering::Relaxed)
    }

    /// Takes it away. Calls that are meeting it already finish with it.
    pub fn end(self) {
        self.rules.standing().retain(|rule| !Arc::ptr_eq(rule, &self.rule));
    }
}
