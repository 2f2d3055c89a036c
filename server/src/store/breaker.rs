//! The circuit breaker: after some consecutive failures DynamoDB is left alone for a while, then one call probes it.
//!
//! In memory and per instance (R3): a breaker must not depend on the table whose failure it guards.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::rules::Rules;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: DateTime<Utc>,
    },
    /// A probe is under way.
    HalfOpen,
}

/// What a failure did to a breaker that is open from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// It was closed before.
    New,
    /// It was the probe of one that was open already.
    Again,
}

/// Counts consecutive failures and keeps calls away while open.
#[derive(Debug)]
pub struct Breaker {
    threshold: u32,
    cooldown: Duration,
    probes_together: bool,
    closed_by_latecomers: bool,
    pause_after_probe: Duration,
    state: Mutex<State>,
}

/// The breaker that an instance starts with: its own, and closed.
pub fn own(rules: &Rules) -> Arc<Breaker> {
    Arc::new(Breaker::closed(rules))
}

/// While it is open, every operation is kept away from DynamoDB.
pub fn guards(_operation: &str) -> bool {
    true
}

/// The outcome of every operation counts, reads and writes alike.
pub fn counts(_operation: &str) -> bool {
    true
}

/// A failed probe shows that nothing is better: DynamoDB is left alone for as long again.
pub fn pause_after_probe(rules: &Rules) -> Duration {
    rules.breaker_cooldown
}

/// The right to make one call. Tell it how the call ended; a probe that is dropped untold may be repeated at once.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    breaker: &'a Breaker,
    probe: bool,
    told: bool,
}

impl Breaker {
    /// A closed breaker that goes by these rules.
    pub fn closed(rules: &Rules) -> Self {
        Self {
            threshold: rules.breaker_threshold,
            cooldown: rules.breaker_cooldown,
            probes_together: rules.breaker_probes_together,
            closed_by_latecomers: rules.breaker_closed_by_latecomers,
            pause_after_probe: (rules.breaker_pause_after_probe)(rules),
            state: Mutex::new(State::Closed { failures: 0 }),
        }
    }

    /// Whether a call made now would be refused.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        match *self.state() {
            State::Closed { .. } => false,
            State::Open { until } => now < until,
            State::HalfOpen => !self.probes_together,
        }
    }

    /// The right to make a call now; nothing while DynamoDB is left alone.
    pub(super) fn permit(&self, now: DateTime<Utc>) -> Option<Permit<'_>> {
        let mut state = self.state();
        let probe = match *state {
            State::Closed { .. } => false,
            State::Open { until } if until <= now => {
                *state = State::HalfOpen;
                true
            }
            State::HalfOpen if self.probes_together => true,
            State::Open { .. } | State::HalfOpen => return None,
        };
        Some(Permit { breaker: self, probe, told: false })
    }

    /// The right to make a call that the breaker does not guard.
    pub(super) fn unguarded(&self) -> Permit<'_> {
        Permit { breaker: self, probe: false, told: false }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    pub(super) fn succeeded(mut self) {
        self.told = true;
        let mut state = self.breaker.state();
        let late = !self.probe && !matches!(*state, State::Closed { .. });
        if !late || self.breaker.closed_by_latecomers {
            *state = State::Closed { failures: 0 };
        }
    }

    /// Notes a failure, and says whether it opens the breaker.
    pub(super) fn failed(mut self, now: DateTime<Utc>) -> Option<Opening> {
        self.told = true;
        let mut state = self.breaker.state();
        let (opening, pause) = match *state {
            State::Closed { failures } if failures + 1 < self.breaker.threshold => {
                *state = State::Closed { failures: failures + 1 };
                return None;
            }
            State::Closed { .. } => (Opening::New, self.breaker.cooldown),
            State::HalfOpen if self.probe => (Opening::Again, self.breaker.pause_after_probe),
            State::HalfOpen | State::Open { .. } => return None,
        };
        *state = State::Open { until: now + pause };
        Some(opening)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.probe && !self.told {
            *self.breaker.state() = State::Open { until: DateTime::<Utc>::MIN_UTC };
        }
    }
}
