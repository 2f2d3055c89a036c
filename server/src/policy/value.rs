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

/// So many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

impl Bytes {
    /// So many times 1,048,576.
    pub const fn mebi(count: u64) -> Self {
        Self(count << 20)
    }
}

impl Value for Bytes {
    fn show(&self) -> String {
        match (self.0 >> 20, self.0 % (1 << 20)) {
            (mebi @ 1.., 0) => format!("{mebi}MiB"),
            _ => self.0.to_string(),
        }
    }
}

impl Settable for Bytes {
    const EXAMPLE: &'static str = "67108864 or 64MiB";
    fn read(text: &str) -> Option<Self> {
        match text.strip_suffix("MiB") {
            Some(mebi) => mebi.parse::<u64>().ok()?.checked_mul(1 << 20).map(Self),
            None => text.parse().ok().map(Self),
        }
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
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
