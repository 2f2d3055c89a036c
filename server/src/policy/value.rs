//! Decisions that are values: how one reads, and how a setting names it.

use std::time::Duration;

use rust_decimal::Decimal;

/// The seconds of a day.
const DAY: u64 = 24 * 60 * 60;

/// A decision that is a value.
pub trait Value {
    /// The value in words.
    fn show(&self) -> String;
}

/// A value that a setting may change.
pub trait Settable: Value + Sized {
    /// A valid text, to be shown to whoever gave a malformed one.
    const EXAMPLE: &'static str;
    /// The value that a text names.
    fn read(text: &str) -> Option<Self>;
    /// Whether it is no time, or none of what it counts.
    fn is_zero(&self) -> bool;
    /// The time that it is, if it is one.
    fn as_time(&self) -> Option<Duration> {
        None
    }
}

impl Value for Duration {
    fn show(&self) -> String {
        // humantime's own months and years are averages, which no setting means.
        match (self.as_secs() / DAY, self.as_secs() % DAY, self.subsec_nanos()) {
            (days @ 1.., 0, 0) => format!("{days}d"),
            _ => humantime::format_duration(*self).to_string(),
        }
    }
}

impl Settable for Duration {
    const EXAMPLE: &'static str = "200ms, 30s, 5m or 90d";
    fn read(text: &str) -> Option<Self> {
        humantime::parse_duration(text).ok()
    }
    fn is_zero(&self) -> bool {
        Duration::is_zero(self)
    }
    fn as_time(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl Value for u32 {
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Settable for u32 {
    const EXAMPLE: &'static str = "3";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn is_zero(&self) -> bool {
        *self == 0
    }
}

impl Value for Decimal {
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for bool {
    fn show(&self) -> String {
        if *self { "yes".into() } else { "no".into() }
    }
}

impl Value for &str {
    fn show(&self) -> String {
        (*self).into()
    }
}

/// A closed list, in its order.
impl<T: Value> Value for &[T] {
    fn show(&self) -> String {
        self.iter().map(Value::show).collect::<Vec<_>>().join(", ")
    }
}
