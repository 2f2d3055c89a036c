//! Calendar time: what day is it, has this expired. Always injected, so that a test can set it.

use chrono::{DateTime, Utc};

/// Tells the time of the calendar, in UTC.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        // The one place that reads the machine's clock.
        #[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is given")]
        Utc::now()
    }
}

impl<F> Clock for F
where
    F: Fn() -> DateTime<Utc> + Send + Sync + 'static,
{
    fn now(&self) -> DateTime<Utc> {
        self()
    }
}
