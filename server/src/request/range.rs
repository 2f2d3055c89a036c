//! Ranges: named windows that end on the market's present day.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use super::Window;

/// How a window was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range {
    /// Today alone.
    Day,
    /// 7 days back.
    Week,
    /// 30 days back, so that it fits the 30 days of the 5-minute resolution.
    Month,
    /// 90 days back.
    Quarter,
    /// 180 days back.
    HalfYear,
    /// Since January 1st.
    YearToDate,
    /// 365 days back.
    Year,
    /// 1,826 days back.
    FiveYears,
    /// By its two dates.
    Custom,
}

impl Range {
    /// Every range that a query can name.
    pub const NAMED: [Self; 8] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::HalfYear,
        Self::YearToDate,
        Self::Year,
        Self::FiveYears,
    ];

    /// The range that a query names.
    pub fn parse(text: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|range| range.name() == text)
    }

    /// Its name in queries, keys and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "1D",
            Self::Week => "1W",
            Self::Month => "1M",
            Self::Quarter => "3M",
            Self::HalfYear => "6M",
            Self::YearToDate => "YTD",
            Self::Year => "1Y",
            Self::FiveYears => "5Y",
            Self::Custom => "custom",
        }
    }

    /// The window that ends on `today`, New York's.
    pub(super) fn ending(self, today: NaiveDate) -> Window {
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
        let start = match self {
            Self::Day | Self::Custom => today,
            Self::Week => back(7),
            Self::Month => back(30),
            Self::Quarter => back(90),
            Self::HalfYear => back(180),
            Self::YearToDate => NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today),
            Self::Year => back(365),
            Self::FiveYears => back(1_826),
        };
        Window { start, end: today }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
