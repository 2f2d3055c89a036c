//! The calendar of a lab: it stands still until the scenario moves it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// A clock that only the scenario moves. Clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    epoch_micros: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that stands at this instant.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self { epoch_micros: Arc::new(AtomicI64::new(instant.timestamp_micros())) }
    }

    /// The instant that it shows, in UTC, to the microsecond.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.epoch_micros.load(Ordering::SeqCst)).unwrap_or_default()
    }

    /// Moves it to this instant.
    pub fn set(&self, instant: DateTime<Utc>) {
        self.epoch_micros.store(instant.timestamp_micros(), Ordering::SeqCst);
    }
}
