//! The times that must leave room for each other.

use std::time::Duration;

use crate::policies::Policies;

/// The times of the settings that are judged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// How long one provider call may take.
    pub provider_timeout: Duration,
    /// How long a lock is held at most.
    pub lock_lease: Duration,
    /// How long an answer may take.
    pub deadline: Duration,
    /// What the deadline must leave after a provider's timeout.
    pub margin: Duration,
}

impl Times {
    /// Those of these policies.
    pub fn of(policies: &Policies) -> Self {
        Self {
            provider_timeout: policies.provider.timeout,
            lock_lease: policies.lock.lease,
            deadline: policies.deadline.deadline,
            margin: policies.deadline.margin,
        }
    }
}

/// What is wrong between settings that are good alone: a lease that ends while its holder waits for a provider, a
/// deadline that leaves no time after one.
pub fn time_budget(times: &Times) -> Vec<String> {
    let mut faults = Vec::new();
    let provider_timeout = humantime::format_duration(times.provider_timeout);
    if times.lock_lease < 2 * times.provider_timeout {
        faults.push(format!(
            "OHLC_LOCK_LEASE is too short: a lease must be at least twice OHLC_PROVIDER_TIMEOUT, which is {provider_timeout}, for example OHLC_LOCK_LEASE={}",
            humantime::format_duration(2 * times.provider_timeout)
        ));
    }
    if times.deadline < times.provider_timeout + times.margin {
        faults.push(format!(
            "OHLC_CEILING is too low: it must exceed OHLC_PROVIDER_TIMEOUT, which is {provider_timeout}, by at least {}",
            humantime::format_duration(times.margin)
        ));
    }
    faults
}
