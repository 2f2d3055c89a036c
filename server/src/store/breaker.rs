//! The circuit breaker: after some consecutive failures DynamoDB is left alone for a while, then one call probes it.
//!
//! In memory and per instance: a breaker must not depend on the table whose failure it guards
//! (`decisions.md#one-breaker-an-instance`).

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Operation;
use crate::policy::policy;

policy! {
    /// When DynamoDB is left alone.
    BreakerPolicy "breaker" {
        values {
            /// Consecutive DynamoDB failures that open the breaker.
            threshold: u32 = 3, setting "OHLC_BREAKER_THRESHOLD", from "decisions.md#breaker-threshold";
            /// How long an open breaker keeps requests away from DynamoDB before one may probe it.
            cooldown: Duration = Duration::from_secs(60), setting "OHLC_BREAKER_COOLDOWN", from "decisions.md#breaker-cooldown";
            /// How many calls may probe DynamoDB at the same time when the cool-down is over.
            probes: u32 = 1, or "several: DynamoDB would be known to be back sooner, and be asked more while it is not", from "decisions.md#breaker-probes-together";
            /// Which operations an open breaker keeps away from DynamoDB.
            guards: &'static [Operation] = Operation::ALL, or "reads alone: writes would find out by themselves that it is back", from "decisions.md#breaker-guards";
            /// Whose outcome the breaker counts.
            counts: &'static [Operation] = Operation::ALL, or "reads alone: a table that is throttled for writes stays readable", from "decisions.md#breaker-counts";
        }
        functions {
            /// Whether a call that succeeds closes the breaker.
            closes: fn(CallKind) -> bool = closes, decides "yes, but for one that began before the breaker opened",
                shows [(CallKind::Probe), (CallKind::Latecomer)], from "decisions.md#breaker-closed-by-latecomers";
            /// How long DynamoDB is left alone after a probe that failed, given the cool-down.
            pause_after_probe: fn(Duration) -> Duration = pause_after_probe, decides "the whole cooldown again",
                shows [(Duration::from_secs(60)), (Duration::from_secs(1))], from "decisions.md#breaker-pause-after-probe";
        }
    }
}

/// What a call is to the breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// It began and ended while the breaker was closed.
    Ordinary,
    /// It probes DynamoDB while the breaker is half-open.
    Probe,
    /// It began while the breaker was closed, and ended after it had opened.
    Latecomer,
}

/// A call that began before the outage says nothing about DynamoDB now; the probe does.
pub fn closes(kind: CallKind) -> bool {
    kind != CallKind::Latecomer
}

/// A failed probe shows that nothing is better: DynamoDB is left alone for as long again.
pub fn pause_after_probe(cooldown: Duration) -> Duration {
    cooldown
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { until: DateTime<Utc> },
    HalfOpen { probes: u32 },
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
    policy: BreakerPolicy,
    state: Mutex<State>,
}

/// The right to make one call. Tell it how the call ended; a probe that is dropped untold may be repeated at once.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    breaker: &'a Breaker,
    operation: Operation,
    probe: bool,
    told: bool,
}

impl Breaker {
    /// A closed breaker.
    pub fn closed(policy: BreakerPolicy) -> Self {
        Self { policy, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// Whether a call made now would be refused.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        match *self.state() {
            State::Closed { .. } => false,
            State::Open { until } => now < until,
            State::HalfOpen { probes } => probes >= self.policy.probes,
        }
    }

    /// The right to make this call now; nothing while DynamoDB is left alone.
    pub(super) fn permit(&self, operation: Operation, now: DateTime<Utc>) -> Option<Permit<'_>> {
        let permit = |probe| Some(Permit { breaker: self, operation, probe, told: false });
        let mut state = self.state();
        match *state {
            State::Closed { .. } => permit(false),
            State::Open { until } if until <= now => {
                *state = State::HalfOpen { probes: 1 };
                permit(true)
            }
            State::HalfOpen { probes } if probes < self.policy.probes => {
                *state = State::HalfOpen { probes: probes + 1 };
                permit(true)
            }
            _ if self.policy.guards.contains(&operation) => None,
            _ => permit(false),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    fn counts(&self) -> bool {
        self.breaker.policy.counts.contains(&self.operation)
    }

    /// Notes a success.
    pub(super) fn succeeded(mut self) {
        if !self.counts() {
            return;
        }
        self.told = true;
        let mut state = self.breaker.state();
        let kind = match (self.probe, *state) {
            (true, _) => CallKind::Probe,
            (false, State::Closed { .. }) => CallKind::Ordinary,
            (false, State::Open { .. } | State::HalfOpen { .. }) => CallKind::Latecomer,
        };
        if (self.breaker.policy.closes)(kind) {
            *state = State::Closed { failures: 0 };
        }
    }

    /// Notes a failure, and says whether it opens the breaker.
    pub(super) fn failed(mut self, now: DateTime<Utc>) -> Option<Opening> {
        if !self.counts() {
            return None;
        }
        self.told = true;
        let policy = &self.breaker.policy;
        let mut state = self.breaker.state();
        let (opening, pause) = match *state {
            State::Closed { failures } if failures + 1 < policy.threshold => {
                *state = State::Closed { failures: failures + 1 };
                return None;
            }
            State::Closed { .. } => (Opening::New, policy.cooldown),
            State::HalfOpen { .. } if self.probe => (Opening::Again, (policy.pause_after_probe)(policy.cooldown)),
            State::HalfOpen { .. } | State::Open { .. } => return None,
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
