//! Finnhub: candles as parallel arrays, with epoch seconds.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::error::Unread;
use super::quote::{Judged, ParsedCandles, Quote, judged, raw};
use super::wire::{FINNHUB_HEADER, Wire};
use super::{ProviderError, ProviderPolicy, json};
use crate::candle::{CandlePolicy, Stamp, price};
use crate::request::{Request, Resolution};

pub(super) struct Finnhub {
    base_url: String,
    wire: Wire,
}

impl Finnhub {
    pub(super) fn new(base_url: &str, wire: Wire) -> Self {
        Self { base_url: base_url.trim_end_matches('/').into(), wire }
    }

    /// The candles of the window; none when Finnhub has no data, which it also says of tickers it does not know.
    pub(super) async fn candles(
        &self,
        request: &Request,
        policy: &CandlePolicy,
    ) -> Result<ParsedCandles, ProviderError> {
        let (url, decides) = (self.url(request), self.wire.policy().clone());
        let (request, policy) = (request.clone(), policy.clone());
        let read = move |body: &str| read(body, &request, &policy, &decides);
        self.wire.candles(&url, FINNHUB_HEADER, "", read).await
    }

    fn url(&self, request: &Request) -> String {
        let Request { ticker, resolution, window, .. } = request;
        let from = Stamp::Day(window.start).instant().timestamp();
        let to = Stamp::Day(window.end).instant().timestamp() + 86_399;
        format!("{}/stock/candle?symbol={ticker}&resolution={resolution}&from={from}&to={to}", self.base_url)
    }
}

fn read(body: &str, request: &Request, policy: &CandlePolicy, decides: &ProviderPolicy) -> Result<Judged, Unread> {
    let fields = json::fields(body, ["s", "t", "o", "h", "l", "c", "v"]).ok_or(Unread::NotAsAgreed)?;
    let [state, times, columns @ ..] = fields.map(|field| field.filter(|value| value.get() != "null"));
    match state.map(json::text) {
        Some(Some(state)) if state == "no_data" => return Ok(judged([], request, policy)),
        Some(Some(state)) if state == "ok" => {}
        // With columns, that there is data needs no word.
        None => {}
        Some(_) => return Err(Unread::NotAsAgreed),
    }
    let times = json::items(times.ok_or(Unread::NotAsAgreed)?.get(), decides.rows)?;
    let mut values = columns.map(|_| Vec::new());
    let mut lengths = Vec::new();
    for (column, values) in columns.into_iter().zip(&mut values) {
        // A column that is missing has no values, which is as it is with a value that is missing.
        let Some(column) = column else { continue };
        *values = json::items(column.get(), decides.rows)?;
        lengths.push(values.len());
    }
    let aligned = (decides.aligned)(times.len(), &lengths);
    let quotes = times.iter().enumerate().map(|(row, time)| {
        let stamp = stamp(time.get(), request.resolution, policy);
        let cell = |column: usize| raw(values[column].get(row).copied());
        match aligned {
            true => {
                let [open, high, low, close, volume] = [0, 1, 2, 3, 4].map(cell);
                // Finnhub does not say what it adjusted its days by.
                Quote { stamp, open, high, low, close, volume, adjusted: None }
            }
            false => Quote { stamp, ..Quote::default() },
        }
    });
    Ok(judged(quotes, request, policy))
}

/// Whether values belong to the times beside which they stand: a column of another length lacks a value, or has one too
/// many, and nothing tells where.
pub fn aligned(times: usize, columns: &[usize]) -> bool {
    columns.iter().all(|length| *length == times)
}

fn stamp(epoch_seconds: &str, resolution: Resolution, policy: &CandlePolicy) -> Option<Stamp> {
    let instant = instant(epoch_seconds)?;
    Some(match resolution {
        Resolution::Day => Stamp::Day(instant.date_naive()),
        _ => (policy.stamp)(instant),
    })
}

/// Seconds since 1970 as any JSON number: `1770129000`, `1770129000.0`, `1.770129e9`.
fn instant(epoch_seconds: &str) -> Option<DateTime<Utc>> {
    let seconds = price(epoch_seconds)?;
    let nanoseconds = (seconds.fract() * Decimal::from(1_000_000_000)).to_u32()?;
    DateTime::from_timestamp(seconds.trunc().to_i64()?, nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn seconds_are_any_number() {
        for seconds in ["1770129000", "1770129000.0", "1.770129e9", "1770129E3"] {
            assert_eq!(instant(seconds).map(|instant| instant.to_rfc3339()), Some("2026-02-03T14:30:00+00:00".into()));
        }
        let late = instant("1770129000.25").map(|instant| instant.timestamp_millis());
        assert_eq!(late, Some(1_770_129_000_250));
        for none in ["\"1770129000\"", "null", "1e300", "true"] {
            assert_eq!(instant(none), None, "{none}");
        }
    }
}
