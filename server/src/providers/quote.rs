//! From a provider's text to candles: parsed number by number, judged, trimmed to the window, ordered.

use serde_json::value::RawValue;
use tracing::{error, warn};

use super::Provider;
use crate::candle::{Adjusted, Arranged, Candle, CandlePolicy, Flaw, Stamp, stamp_text};
use crate::request::Request;
use crate::telemetry::Metrics;

/// So many of the candles that are left out are told of one by one.
const TOLD: usize = 3;

/// One candle as a provider sent it: the JSON text of each field, untouched; and what it was adjusted by.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quote<'a> {
    pub(super) stamp: Option<Stamp>,
    pub(super) open: Option<&'a str>,
    pub(super) high: Option<&'a str>,
    pub(super) low: Option<&'a str>,
    pub(super) close: Option<&'a str>,
    pub(super) volume: Option<&'a str>,
    pub(super) adjusted: Option<Adjusted>,
}

/// What came of a provider's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedCandles {
    /// The good candles of the window, in order.
    pub candles: Vec<Candle>,
    /// How many candles were left out as bad. If any, the window is not complete.
    pub rejected: usize,
}

impl ParsedCandles {
    /// Whether every candle of the window was left out: that is no answer, and least of all an empty one.
    pub fn says_nothing(&self) -> bool {
        self.candles.is_empty() && self.rejected > 0
    }
}

/// The same, and what there is to say about it.
pub(super) struct Judged {
    pub(super) parsed: ParsedCandles,
    /// The first few candles that were left out.
    flaws: Vec<(Option<Stamp>, Flaw)>,
    /// The bars that fill no bucket.
    odd: Odd,
    /// How many stamps came more than once.
    duplicates: usize,
}

/// Bars of the window that fill none of its buckets.
#[derive(Default)]
struct Odd {
    count: usize,
    first: Option<Stamp>,
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
            adjusted: self.adjusted,
        };
        match (policy.flaw)(&candle, policy.noise) {
            Some(flaw) => Err(flaw),
            None => Ok(candle),
        }
    }
}

/// Takes the good candles of the window out of what a provider sent.
pub(super) fn judged<'a>(
    quotes: impl IntoIterator<Item = Quote<'a>>,
    request: &Request,
    policy: &CandlePolicy,
) -> Judged {
    let (mut good, mut odd, mut rejected, mut flaws) = (Vec::new(), Odd::default(), 0, Vec::new());
    for quote in quotes {
        // What lies outside the window is not ours to judge, nor to serve.
        if quote.stamp.is_some_and(|stamp| !request.includes(stamp) || request.now < stamp.instant()) {
            continue;
        }
        // Nor is a bar of the window that fills none of its buckets.
        if let Some(stamp) = quote.stamp.filter(|stamp| request.bucket_of(*stamp).is_none()) {
            odd.count += 1;
            odd.first.get_or_insert(stamp);
            continue;
        }
        match quote.candle(policy) {
            Ok(candle) => good.push(candle),
            Err(flaw) => {
                rejected += 1;
                if flaws.len() < TOLD {
                    flaws.push((quote.stamp, flaw));
                }
            }
        }
    }
    let Arranged { candles, duplicates } = (policy.arrange)(good);
    Judged { parsed: ParsedCandles { candles, rejected }, flaws, odd, duplicates }
}

impl Judged {
    /// Counts and logs what is wrong: one line for all that was left out, however much that is.
    pub(super) fn noted(self, provider: Provider, metrics: &Metrics) -> ParsedCandles {
        let Self { parsed, flaws, odd, duplicates } = self;
        if let Some(first) = odd.first {
            let (count, first) = (odd.count, stamp_text(first));
            warn!(%provider, count, first, outcome = "odd_bars", "bars that fill no bucket of the exchange's calendar were left out");
        }
        if parsed.rejected > 0 {
            let (count, first) = (parsed.rejected, flaws.iter().map(|(stamp, flaw)| told(*stamp, *flaw)));
            let first = first.collect::<Vec<_>>().join("; ");
            metrics.rejected(count);
            warn!(%provider, count, first, outcome = "candles_rejected", "candles were left out");
        }
        if duplicates > 0 {
            metrics.duplicates(duplicates);
            error!(%provider, duplicates, outcome = "duplicate_timestamps", "the provider sent timestamps more than once; the last of each is kept");
        }
        parsed
    }
}

fn told(stamp: Option<Stamp>, flaw: Flaw) -> String {
    match stamp {
        Some(stamp) => format!("{}: {flaw}", stamp_text(stamp)),
        None => flaw.to_string(),
    }
}

/// The text of a JSON value.
pub(super) fn raw(value: Option<&RawValue>) -> Option<&str> {
    value.map(RawValue::get)
}
