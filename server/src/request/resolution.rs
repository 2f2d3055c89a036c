//! Resolutions: the length of a candle, and the longest window that it may fill.

use std::fmt;

use super::{RequestPolicy, Window};
use crate::error::Failure;
use crate::market::BucketLength;

/// The length of a candle, as the API spells it: never "5m".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// 1 minute.
    Minute,
    /// 5 minutes.
    FiveMinutes,
    /// 15 minutes.
    QuarterHour,
    /// 30 minutes.
    HalfHour,
    /// 60 minutes.
    Hour,
    /// One session.
    Day,
}

impl Resolution {
    /// Every resolution, finest first.
    pub const ALL: [Self; 6] =
        [Self::Minute, Self::FiveMinutes, Self::QuarterHour, Self::HalfHour, Self::Hour, Self::Day];

    /// The resolution that a query names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|resolution| resolution.name() == text)
    }

    /// Its name in queries, keys and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "1",
            Self::FiveMinutes => "5",
            Self::QuarterHour => "15",
            Self::HalfHour => "30",
            Self::Hour => "60",
            Self::Day => "D",
        }
    }

    /// The buckets that a session falls into.
    pub fn bucket_length(self) -> BucketLength {
        match self {
            Self::Minute => BucketLength::Minutes(1),
            Self::FiveMinutes => BucketLength::Minutes(5),
            Self::QuarterHour => BucketLength::Minutes(15),
            Self::HalfHour => BucketLength::Minutes(30),
            Self::Hour => BucketLength::Minutes(60),
            Self::Day => BucketLength::Session,
        }
    }

    /// The longest window in days from start to end, which the contract fixes.
    pub fn longest_window(self) -> i64 {
        match self {
            Self::Minute => 7,
            Self::FiveMinutes => 30,
            Self::QuarterHour | Self::HalfHour => 90,
            Self::Hour => 180,
            Self::Day => 1_830,
        }
    }
}

/// The window to answer: the one that was asked for, or none at all. One that is too long is refused with the finest
/// resolution that fits, never clipped.
///
/// # Errors
/// The refusal.
pub fn admit(window: Window, resolution: Resolution, policy: &RequestPolicy) -> Result<Window, Failure> {
    let days = window.days();
    let limit = (policy.longest_window)(resolution);
    if days <= limit {
        return Ok(window);
    }
    let fits = Resolution::ALL.into_iter().find(|resolution| days <= (policy.longest_window)(*resolution));
    let advice = match fits {
        Some(resolution) => format!("ask for resolution={resolution}, or for a shorter window"),
        None => "ask for a shorter window".into(),
    };
    Err(Failure::WindowTooLong { resolution, days, limit, advice })
}

impl fmt::Display for Resolution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
