//! Tiingo: end-of-day prices, adjusted, and intraday bars from IEX.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::quote::{ParsedCandles, Quote, judged, raw};
use super::wire::{TIINGO_HEADER, Wire};
use super::{ProviderError, json};
use crate::candle::{Adjusted, CandlePolicy, Stamp};
use crate::request::{Request, Resolution};

pub(super) struct Tiingo {
    base_url: String,
    wire: Wire,
}

/// Of a daily row: the price that was traded, and what took effect on the day.
const ACTIONS: [&str; 3] = ["close", "splitFactor", "divCash"];

/// What the columns of an intraday row are called.
const INTRADAY_COLUMNS: [&str; 5] = ["open", "high", "low", "close", "volume"];

impl Tiingo {
    pub(super) fn new(base_url: &str, wire: Wire) -> Self {
        Self { base_url: base_url.trim_end_matches('/').into(), wire }
    }

    pub(super) async fn candles(
        &self,
        request: &Request,
        policy: &CandlePolicy,
    ) -> Result<ParsedCandles, ProviderError> {
        let (url, decides) = (self.url(request), self.wire.policy());
        let (columns, most) = match request.resolution {
            Resolution::Day => (decides.daily_columns, decides.rows),
            _ => (INTRADAY_COLUMNS, decides.rows),
        };
        let (request, policy) = (request.clone(), policy.clone());
        let read = move |body: &str| {
            let rows = json::items(body, most)?;
            // A row that is none gives a quote without anything in it, which is then rejected and counted as such.
            let quotes = rows.into_iter().map(|row| quote(row, columns, &request, &policy).unwrap_or_default());
            Ok(judged(quotes, &request, &policy))
        };
        self.wire.candles(&url, TIINGO_HEADER, "Token ", read).await
    }

    fn url(&self, request: &Request) -> String {
        // Share classes are hyphenated here: BRK.B is BRK-B.
        let symbol = request.ticker.replace('.', "-");
        let (base, window) = (&self.base_url, request.window);
        let dates = format!("startDate={}&endDate={}", window.start, window.end);
        let frequency = match request.resolution {
            Resolution::Day => return format!("{base}/tiingo/daily/{symbol}/prices?{dates}"),
            Resolution::Minute => "1min",
            Resolution::FiveMinutes => "5min",
            Resolution::QuarterHour => "15min",
            Resolution::HalfHour => "30min",
            Resolution::Hour => "1hour",
        };
        let columns = format!("columns={}", INTRADAY_COLUMNS.join(","));
        format!("{base}/iex/{symbol}/prices?{dates}&resampleFreq={frequency}&{columns}")
    }
}

fn quote<'a>(row: &'a RawValue, columns: [&str; 5], request: &Request, policy: &CandlePolicy) -> Option<Quote<'a>> {
    let [open, high, low, close, volume] = columns;
    let [traded, split, dividend] = ACTIONS;
    let names = ["date", open, high, low, close, volume, traded, split, dividend];
    let [date, open, high, low, close, volume, traded, split, dividend] = json::fields(row.get(), names)?;
    let adjusted = || {
        let number = |value| raw(value).and_then(|text| (policy.price)(text));
        Adjusted::of(number(traded)?, number(close)?, number(split)?, number(dividend)?)
    };
    let adjusted = if request.resolution == Resolution::Day { adjusted() } else { None };
    let date = date.and_then(json::text);
    let stamp = date.and_then(|date| match request.resolution {
        // The date's time of day is always midnight, and means nothing.
        Resolution::Day => Some(Stamp::Day(date.get(..10)?.parse().ok()?)),
        // Dates may carry an offset; the instant is what counts.
        _ => Some((policy.stamp)(date.parse::<DateTime<Utc>>().ok()?)),
    });
    let [open, high, low, close, volume] = [open, high, low, close, volume].map(raw);
    Some(Quote { stamp, open, high, low, close, volume, adjusted })
}
