//! From a provider's text to candles: parsed number by number, judged, trimmed to the window, ordered.

use std::borrow::Cow;

use serde_json::value::RawValue;
use tracing::{error, warn};

use super::Provider;
use crate::candle::{Arranged, Candle, CandlePolicy, Flaw, Stamp};
use crate::request::Request;
use crate::telemetry::Metrics;

/// One candle as a provider sent it: the JSON text of each field, untouched.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quote<'a> {
    pub(super) stamp: Option<Stamp>,
    pub(super) open: Option<&'a str>,
    pub(super) high: Option<&'a str>,
    pub(super) low: Option<&'a str>,
    pub(super) close: Option<&'a str>,
    pub(super) volume: Option<&'a str>,
}

/// What came of a provider's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedCandles {
    /// The good candles of the window, in order.
    pub candles: Vec<Candle>,
    /// How many candles were left out as bad. If any, the window is not complete.
    pub rejected: usize,
}

impl Quote<'_> {
    fn candle(&self, policy: &CandlePolicy) -> Result<Candle, Flaw> {
        let price = |text: Option<&str>| text.and_then(|text| (policy.price)(text)).ok_or(Flaw::NotANumber);
        let candle = Candle {
            stamp: self.stamp.ok_or(Flaw::NoTime)?,
            open: price(self.open)?,
            high: price(self.high)?,
            low: price(self.low)?,
            close: price(self.close)?,
            volume: (policy.volume)(self.volume).ok_or(Flaw::NotANumber)?,
        };
        match (policy.flaw)(&candle) {
            Some(flaw) => Err(flaw),
            None => Ok(candle),
        }
    }
}

/// Takes the good candles of the window out of what a provider sent; counts and logs what is wrong with the rest.
pub(super) fn parsed<'a>(
    quotes: impl IntoIterator<Item = Quote<'a>>,
    request: &Request,
    provider: Provider,
    policy: &CandlePolicy,
    metrics: &Metrics,
) -> ParsedCandles {
    let (mut good, mut odd, mut rejected) = (Vec::new(), Vec::new(), 0);
    for quote in quotes {
        // What lies outside the window is not ours to judge, nor to serve.
        if quote.stamp.is_some_and(|stamp| !request.includes(stamp) || request.now < stamp.instant()) {
            continue;
        }
        // Nor is a bar of the window that fills none of its buckets.
        if let Some(stamp) = quote.stamp.filter(|stamp| request.bucket_of(*stamp).is_none()) {
            odd.push(stamp);
            continue;
        }
        match quote.candle(policy) {
            Ok(candle) => good.push(candle),
            Err(flaw) => {
                rejected += 1;
                warn!(%provider, stamp = ?quote.stamp, %flaw, outcome = "candle_rejected", "a candle was left out");
            }
        }
    }
    if let Some(first) = odd.first() {
        warn!(%provider, count = odd.len(), ?first, outcome = "odd_bars", "bars that fill no bucket of the exchange's calendar were left out");
    }
    let Arranged { candles, duplicates } = (policy.arrange)(good);
    if rejected > 0 {
        metrics.rejected(rejected);
    }
    if duplicates > 0 {
        metrics.duplicates(duplicates);
        error!(%provider, duplicates, outcome = "duplicate_timestamps", "the provider sent timestamps more than once; the last of each is kept");
    }
    ParsedCandles { candles, rejected }
}

/// The text of a JSON value.
pub(super) fn raw(value: Option<&RawValue>) -> Option<&str> {
    value.map(RawValue::get)
}

/// Bare `NaN` and `Infinity`, which some encoders write although JSON has no such words, become null: one bad number
/// must not make the whole answer unreadable.
pub(super) fn without_bare_words(body: &str) -> Cow<'_, str> {
    if !body.contains("NaN") && !body.contains("Infinity") {
        return Cow::Borrowed(body);
    }
    let (mut out, mut rest, mut quoted) = (String::with_capacity(body.len()), body, false);
    while let Some(first) = rest.chars().next() {
        let word = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| !quoted && rest.starts_with(word));
        let taken = match (word, first) {
            (Some(word), _) => {
                out.push_str("null");
                rest = &rest[word.len()..];
                continue;
            }
            (None, '\\') if quoted => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            (None, '"') => {
                quoted = !quoted;
                1
            }
            (None, other) => other.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::without_bare_words;

    #[test]
    fn bare_words_become_null_and_quoted_ones_stay() {
        let body = r#"[{"a": NaN, "b": -Infinity, "c": Infinity, "d": "NaN \" NaN", "é": 1.50}]"#;
        let tame = r#"[{"a": null, "b": null, "c": null, "d": "NaN \" NaN", "é": 1.50}]"#;
        assert_eq!(without_bare_words(body), tame);
    }
}
