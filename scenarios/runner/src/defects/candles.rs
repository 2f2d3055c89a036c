//! Mistakes with what the provider sent.

use std::sync::Arc;

use chrono::TimeDelta;
use chrono_tz::America::New_York;
use ohlc_server::candle::{self, Arranged, Candle, Flaw, Stamp};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use serde_json::Value;

use super::defects;
use crate::broken::providers;

defects! {
    "prices-rounded-to-cents", "a price has two decimals, they say":
        |policies, _| policies.candle.price = Arc::new(|text| candle::price(text).map(|price| price.round_dp(2)));
    "prices-through-f32", "a price passes through single precision":
        |policies, _| policies.candle.price = Arc::new(|text| candle::price(&candle::price(text)?.to_f32()?.to_string()));
    "prices-through-f64", "a price passes through double precision":
        |policies, _| policies.candle.price = Arc::new(|text| candle::price(&candle::price(text)?.to_f64()?.to_string()));
    "lenient-numbers", "quoted numbers are numbers, and anything else is zero or one":
        |policies, _| policies.candle.price = Arc::new(|text| candle::price(text.trim_matches('"')).or(Some(Decimal::ONE)));
    "volume-in-32-bits", "a volume is an i32":
        |policies, _| policies.candle.volume = Arc::new(|text| candle::volume(text).map(|volume| volume & 0x7fff_ffff));
    "volume-through-f64", "a volume is a float":
        |policies, _| policies.candle.volume = Arc::new(|text| candle::volume(text).map(through_f64));
    "candle-without-volume-rejected", "a candle must have a volume":
        |policies, _| policies.candle.volume = Arc::new(|text| candle::volume(text.filter(|text| *text != "null").or(Some("none"))));
    "null-volume-leaks", "what the provider leaves out is null in the answer":
        |policies, _| policies.candle.json = Arc::new(|candle, date, mut out| {
            let json = candle::write_json(candle, date, Vec::new());
            let json = String::from_utf8_lossy(&json).replace("\"volume\":0}", "\"volume\":null}");
            out.extend(json.into_bytes());
            out
        });
    "validation-off", "whatever the provider sends is a candle":
        |policies, _| policies.candle.flaw = Arc::new(|_, _| None);
    "only-high-and-low-compared", "open and close are not held against high and low":
        |policies, _| policies.candle.flaw = Arc::new(|candle, _| (candle.high < candle.low).then_some(Flaw::OutOfBounds));
    "sign-not-validated", "a price may be zero or negative":
        |policies, _| policies.candle.flaw = Arc::new(|candle, noise| candle::flaw(candle, noise).filter(|flaw| *flaw != Flaw::NotPositive));
    "noise-taken-for-a-flaw", "a high that misses the close by its last digit makes no candle":
        |policies, _| policies.candle.noise = Decimal::ZERO;
    "a-tenth-of-a-percent-taken-for-noise", "a high may miss the close by a thousandth of it":
        |policies, _| policies.candle.noise = Decimal::new(1, 3);
    "noisy-prices-mended", "a high that misses the close is made the close":
        |policies, _| policies.candle.json = Arc::new(|candle, date, out| {
            let high = candle.high.max(candle.open).max(candle.close);
            candle::write_json(&Candle { high, ..candle.clone() }, date, out)
        });
    "fractions-of-seconds-kept", "two bars of one second are two":
        |policies, _| policies.candle.stamp = Arc::new(Stamp::Instant);
    "seconds-rounded", "a bar begins in the nearest second":
        |policies, _| policies.candle.stamp = Arc::new(|instant| Stamp::of(instant + TimeDelta::milliseconds(500)));
    "one-bad-candle-empties-the-answer", "an answer with a bad candle is thrown away":
        |_, ports| providers::calls(ports, |client, call, sound| {
            let answer = sound(client, call);
            Box::pin(async move {
                let answer = answer.await?;
                let status = answer.status();
                let text = answer.text().await?;
                let sound = if all_good(&text) { text } else { "[]".into() };
                let mut answer = http::Response::new(sound);
                *answer.status_mut() = status;
                Ok(answer.into())
            })
        });
    "provider-order-kept", "candles are served as they came":
        |policies, _| policies.candle.arrange = Arc::new(|candles| Arranged { candles, duplicates: 0 });
    "duplicates-passed-silently", "duplicates are dropped without a word":
        |policies, _| policies.candle.arrange = Arc::new(|candles| Arranged { duplicates: 0, ..candle::arrange(candles) });
    "duplicate-keeps-first", "of two candles with one timestamp the first stays":
        |policies, _| policies.candle.arrange = Arc::new(|candles| candle::arrange(candles.into_iter().rev().collect()));
    "duplicate-keeps-both", "both candles with one timestamp stay":
        |policies, _| policies.candle.arrange = Arc::new(both);
    "naive-timestamps", "timestamps have no zone":
        |policies, _| policies.candle.stamp_text = Arc::new(|stamp| candle::stamp_text(stamp).trim_end_matches('Z').to_owned());
    "eastern-time-as-utc", "New York's clock is written with a Z":
        |policies, _| policies.candle.stamp_text = Arc::new(|stamp| match stamp {
            Stamp::Instant(instant) => instant.with_timezone(&New_York).format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            day => candle::stamp_text(day),
        });
}

fn both(mut candles: Vec<Candle>) -> Arranged {
    candles.sort_by_key(|candle| candle.stamp);
    Arranged { candles, duplicates: 0 }
}

/// Whether every price in an answer of Tiingo's is a number above zero, and bounded by the high and the low of its row.
fn all_good(text: &str) -> bool {
    let Ok(rows) = serde_json::from_str::<Vec<Value>>(text) else { return false };
    rows.iter().all(|row| {
        let price = |name: &str| row.get(format!("adj{name}")).or_else(|| row.get(name.to_lowercase()))?.as_f64();
        let prices = ["Open", "High", "Low", "Close"].map(price);
        let [Some(open), Some(high), Some(low), Some(close)] = prices else { return false };
        low > 0.0 && [open, close].iter().all(|price| low <= *price && *price <= high)
    })
}

fn through_f64(volume: u64) -> u64 {
    volume as f64 as u64
}
