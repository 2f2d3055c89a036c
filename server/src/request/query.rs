//! The query string: strictly read. Anything unknown or doubled is refused, and an empty value is no value of anything:
//! nothing is ever defaulted.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

use super::{Range, RequestPolicy, Resolution, Window};
use crate::error::{Failure, Problem};

/// The parameters of a request for candles, each given at most once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query<'a> {
    range: Option<Cow<'a, str>>,
    resolution: Option<Cow<'a, str>>,
    start_date: Option<Cow<'a, str>>,
    end_date: Option<Cow<'a, str>>,
}

impl<'a> Query<'a> {
    /// Reads a raw query string.
    ///
    /// # Errors
    /// A parameter that is unknown or doubled.
    pub fn parse(raw: &'a str) -> Result<Self, Failure> {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let slot = match name.as_ref() {
                "range" => &mut query.range,
                "resolution" => &mut query.resolution,
                "start_date" => &mut query.start_date,
                "end_date" => &mut query.end_date,
                _ => return Err(Failure::unknown_parameter(&name)),
            };
            if slot.replace(value).is_some() {
                return Err(malformed(&name, Problem::Doubled));
            }
        }
        Ok(query)
    }

    /// The resolution; a day when none is named.
    pub(super) fn resolution(&self) -> Result<Resolution, Failure> {
        let Some(text) = &self.resolution else { return Ok(Resolution::Day) };
        Resolution::parse(text).ok_or(Failure::InvalidResolution { problem: Problem::UnknownResolution })
    }

    /// The window as of `today`, New York's; a month when none is named.
    pub(super) fn window(&self, today: NaiveDate, policy: &RequestPolicy) -> Result<(Range, Window), Failure> {
        match (&self.range, &self.start_date, &self.end_date) {
            (None, None, None) => Ok((Range::Month, Range::Month.ending(today))),
            (Some(text), None, None) => {
                let range = (policy.range)(text).ok_or(Failure::InvalidRange { problem: Problem::UnknownRange })?;
                Ok((range, range.ending(today)))
            }
            (None, Some(start), Some(end)) => {
                let last_day = today + Days::new(policy.days_ahead.into());
                Ok((Range::Custom, between(start, end, last_day)?))
            }
            (Some(_), _, _) => Err(Failure::InvalidRange { problem: Problem::BesideDates }),
            (None, Some(_), None) => Err(Failure::InvalidDate { field: "end_date", problem: Problem::Missing }),
            (None, None, Some(_)) => Err(Failure::InvalidDate { field: "start_date", problem: Problem::Missing }),
        }
    }
}

fn between(start: &str, end: &str, last_day: NaiveDate) -> Result<Window, Failure> {
    let (start, end) = (date("start_date", start)?, date("end_date", end)?);
    for (field, date) in [("start_date", start), ("end_date", end)] {
        if date > last_day {
            return Err(Failure::FutureDate { field, today: last_day });
        }
    }
    if start > end {
        return Err(Failure::InvalidDate { field: "start_date", problem: Problem::AfterEnd });
    }
    Ok(Window { start, end })
}

/// `2026-01-05`, and nothing that merely means it: chrono's own reading would also take `2026-1-5` and `+2026-01-05`, and
/// takes longer.
fn date(field: &'static str, text: &str) -> Result<NaiveDate, Failure> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |part: std::ops::Range<usize>| text.get(part)?.parse::<u32>().ok();
    let date = || NaiveDate::from_ymd_opt(number(0..4)?.cast_signed(), number(5..7)?, number(8..10)?);
    shaped.then(date).flatten().ok_or(Failure::InvalidDate { field, problem: Problem::NoDate })
}

/// The refusal of a known parameter, with a valid example of it.
fn malformed(field: &str, problem: Problem) -> Failure {
    match field {
        "range" => Failure::InvalidRange { problem },
        "resolution" => Failure::InvalidResolution { problem },
        "start_date" => Failure::InvalidDate { field: "start_date", problem },
        _ => Failure::InvalidDate { field: "end_date", problem },
    }
}
