//! Rules that are values: how a setting names one, and how it reads.

use std::time::Duration;

/// The seconds of a day.
const DAY: u64 = 24 * 60 * 60;

/// A rule that is a value, and that a setting may change.
pub trait RuleValue: Sized {
    /// A valid setting, to be shown to whoever gave a malformed one.
    const EXAMPLE: &'static str;
    /// The value that a setting names.
    fn read(text: &str) -> Option<Self>;
    /// The value in words.
    fn show(&self) -> String;
    /// Whether it is no time, or none of what it counts.
    fn is_zero(&self) -> bool {
        false
    }
    /// The time that it is, if it is one.
    fn as_time(&self) -> Option<Duration> {
        None
    }
}

impl RuleValue for Duration {
    const EXAMPLE: &'static str = "200ms, 30s, 5m or 90d";
    fn read(text: &str) -> Option<Self> {
        humantime::parse_duration(text).ok()
    }
    fn show(&self) -> String {
        // humantime's own months and years are averages, which no setting means.
        match (self.as_secs() / DAY, self.as_secs() % DAY, self.subsec_nanos()) {
            (days @ 1.., 0, 0) => format!("{days}d"),
            _ => humantime::format_duration(*self).to_string(),
        }
    }
    fn is_zero(&self) -> bool {
        Duration::is_zero(self)
    }
    fn as_time(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl RuleValue for u32 {
    const EXAMPLE: &'static str = "3";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn show(&self) -> String {
        self.to_string()
    }
    fn is_zero(&self) -> bool {
        *self == 0
    }
}

impl RuleValue for bool {
    const EXAMPLE: &'static str = "true";
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn show(&self) -> String {
        if *self { "yes".into() } else { "no".into() }
    }
}
