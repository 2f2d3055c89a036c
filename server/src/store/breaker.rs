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
    /// One probe is under way.
    HalfOpen,
}

/// Counts consecutive failures and keeps calls away while open.
#[derive(Debug)]
pub struct Breaker {
    threshold: u32,
    cooldown: Duration,
    state: Mutex<State>,
}

/// The right to make one call. Tell it how the call ended; a probe that is dropped untold may be repeated at once.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    breaker: &'a Breaker,
    probe: bool,
    told: bool,
}

impl Breaker {
    /// A closed breaker that nobody else has.
    pub fn closed(rules: &Rules) -> Arc<Self> {
        let state = Mutex::new(State::Closed { failures: 0 });
        Arc::new(Self { threshold: rules.breaker_threshold, cooldown: rules.breaker_cooldown, state })
    }

    /// Whether a call made now would be refused.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        match *self.state() {
            State::Closed { .. } => false,
            State::Open { until } => now < until,
            State::HalfOpen => true,
        }
    }

    pub(super) fn permit(&self, now: DateTime<Utc>) -> Option<Permit<'_>> {
        let mut state = self.state();
        let probe = match *state {
            State::Closed { .. } => false,
            State::Open { until } if until <= now => {
                *state = State::HalfOpen;
                true
            }
            State::Open { .. } | State::HalfOpen => return None,
        };
        Some(Permit { breaker: self, probe, told: false })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    pub(super) fn succeeded(mut self) {
        self.told = true;
        let mut state = self.breaker.state();
        // A call that began before the breaker opened says nothing about DynamoDB now; only the probe closes it.
        if self.probe || matches!(*state, State::Closed { .. }) {
            *state = State::Closed { failures: 0 };
        }
    }

    /// Notes a failure; true when it is the one that opens the breaker.
    pub(super) fn failed(mut self, now: DateTime<Utc>) -> bool {
        self.told = true;
        let mut state = self.breaker.state();
        let opens = match *state {
            State::Closed { failures } if failures + 1 < self.breaker.threshold => {
                *state = State::Closed { failures: failures + 1 };
                false
            }
            State::Closed { .. } => true,
            State::HalfOpen => self.probe,
            State::Open { .. } => false,
        };
        if opens {
            *state = State::Open { until: now + self.breaker.cooldown };
        }
        opens
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.probe && !self.told {
            *self.breaker.state() = State::Open { until: DateTime::<Utc>::MIN_UTC };
        }
    }
}
