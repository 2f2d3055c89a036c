//! Finnhub: candles as parallel arrays, with epoch seconds.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::quote::{ParsedCandles, Quote, parsed, raw, without_bare_words};
use super::wire::{FINNHUB_HEADER, Wire};
use super::{Provider, ProviderError};
use crate::candle::{CandlePolicy, Stamp};
use crate::request::{Request, Resolution};

pub(super) struct Finnhub {
    base_url: String,
    wire: Wire,
}

#[derive(Deserialize)]
struct Answer<'a> {
    s: &'a str,
    #[serde(borrow, default)]
    t: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    o: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    h: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    l: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    c: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    v: Vec<&'a RawValue>,
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
        let body = self.wire.get(&self.url(request), FINNHUB_HEADER, "").await?;
        let body = without_bare_words(&body);
        let answer: Answer<'_> = serde_json::from_str(&body).map_err(|_| self.wire.unreadable())?;
        if !matches!(answer.s, "ok" | "no_data") {
            return Err(self.wire.unreadable());
        }
        let quotes = answer.t.iter().enumerate().map(|(row, time)| Quote {
            stamp: stamp(time.get(), request.resolution),
            open: cell(&answer.o, row),
            high: cell(&answer.h, row),
            low: cell(&answer.l, row),
            close: cell(&answer.c, row),
            volume: cell(&answer.v, row),
        });
        Ok(parsed(quotes, request, Provider::Finnhub, policy, self.wire.metrics()))
    }

    fn url(&self, request: &Request) -> String {
        let Request { ticker, resolution, window, .. } = request;
        let from = Stamp::Day(window.start).instant().timestamp();
        let to = Stamp::Day(window.end).instant().timestamp() + 86_399;
        format!("{}/stock/candle?symbol={ticker}&resolution={resolution}&from={from}&to={to}", self.base_url)
    }
}

/// A value of a column, which may be shorter than the others.
fn cell<'a>(column: &[&'a RawValue], row: usize) -> Option<&'a str> {
    raw(column.get(row).copied())
}

fn stamp(epoch_seconds: &str, resolution: Resolution) -> Option<Stamp> {
    let instant = DateTime::from_timestamp(epoch_seconds.parse().ok()?, 0)?;
    Some(match resolution {
        Resolution::Day => Stamp::Day(instant.date_naive()),
        _ => Stamp::Instant(instant),
    })
}
