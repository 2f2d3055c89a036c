//! Tiingo: end-of-day prices, adjusted, and intraday bars from IEX.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::quote::{ParsedCandles, Quote, parsed, raw, without_bare_words};
use super::wire::{TIINGO_HEADER, Wire};
use super::{Provider, ProviderError};
use crate::candle::{CandlePolicy, Stamp};
use crate::request::{Request, Resolution};

pub(super) struct Tiingo {
    base_url: String,
    wire: Wire,
}

#[derive(Deserialize)]
struct IntradayRow<'a> {
    date: &'a str,
    #[serde(borrow)]
    open: Option<&'a RawValue>,
    #[serde(borrow)]
    high: Option<&'a RawValue>,
    #[serde(borrow)]
    low: Option<&'a RawValue>,
    #[serde(borrow)]
    close: Option<&'a RawValue>,
    #[serde(borrow)]
    volume: Option<&'a RawValue>,
}

impl Tiingo {
    pub(super) fn new(base_url: &str, wire: Wire) -> Self {
        Self { base_url: base_url.trim_end_matches('/').into(), wire }
    }

    pub(super) async fn candles(
        &self,
        request: &Request,
        policy: &CandlePolicy,
    ) -> Result<ParsedCandles, ProviderError> {
        let body = self.wire.get(&self.url(request), TIINGO_HEADER, "Token ").await?;
        let body = without_bare_words(&body);
        let rows: Vec<&RawValue> = serde_json::from_str(&body).map_err(|_| self.wire.unreadable())?;
        let quote = |row| match request.resolution {
            Resolution::Day => daily(row, self.wire.policy().daily_columns),
            _ => intraday(row),
        };
        let quotes = rows.into_iter().map(|row| quote(row).unwrap_or_default());
        Ok(parsed(quotes, request, Provider::Tiingo, policy, self.wire.metrics()))
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
        let columns = "columns=open,high,low,close,volume";
        format!("{base}/iex/{symbol}/prices?{dates}&resampleFreq={frequency}&{columns}")
    }
}

/// A row that is none gives a quote without anything in it, which is then rejected and counted as such.
fn daily<'a>(row: &'a RawValue, columns: [&str; 5]) -> Option<Quote<'a>> {
    let row: HashMap<&str, &RawValue> = serde_json::from_str(row.get()).ok()?;
    let [open, high, low, close, volume] = columns.map(|column| raw(row.get(column).copied()));
    // The date's time of day is always midnight, and means nothing.
    let date = raw(row.get("date").copied())?.trim_matches('"').get(..10)?.parse().ok();
    Some(Quote { stamp: date.map(Stamp::Day), open, high, low, close, volume })
}

fn intraday(row: &RawValue) -> Option<Quote<'_>> {
    let row: IntradayRow<'_> = serde_json::from_str(row.get()).ok()?;
    Some(Quote {
        // Dates may carry an offset; the instant is what counts.
        stamp: row.date.parse::<DateTime<Utc>>().ok().map(Stamp::Instant),
        open: raw(row.open),
        high: raw(row.high),
        low: raw(row.low),
        close: raw(row.close),
        volume: raw(row.volume),
    })
}
