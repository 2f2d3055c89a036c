//! Mistakes between the server and its table.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{Days, TimeDelta};
use ohlc_server::candle::Stamp;
use ohlc_server::error::Failure;
use ohlc_server::market;
use ohlc_server::store::batch_write::batches;
use ohlc_server::store::{items, query};

use super::defects;

defects! {
    "null-volume-fails-the-write", "a volume of none is written as a number that is none":
        |rules, _| rules.candle_to_item = Arc::new(|stored, rules| {
            let mut item = items::from_candle(stored, rules);
            if stored.candle.volume == 0 {
                item.insert("volume".into(), AttributeValue::N("None".into()));
            }
            item
        });
    "first-batch-only", "only the first 25 candles are written":
        |rules, _| rules.batches = Arc::new(|candles| batches(candles).into_iter().take(1).collect());
    "batch-edge-dropped", "the last candle of a full batch is lost":
        |rules, _| rules.batches = Arc::new(|candles| {
            batches(candles).into_iter().map(|batch| batch.start..batch.end.min(batch.start + 24)).collect()
        });
    "query-in-reverse", "candles are read newest first":
        |rules, _| rules.ascending = false;
    "pagination-ignored", "the rest of a long answer is never read":
        |rules, _| rules.next_page = Arc::new(|_| None);
    "first-page-taken-as-complete", "what the first page holds is the answer":
        |rules, _| {
            rules.next_page = Arc::new(|_| None);
            rules.missing = Arc::new(|_, _| Vec::new());
        };
    "absent-candles-not-recorded", "what the provider lacks is asked for again and again":
        |rules, _| rules.settled = Arc::new(|_| Vec::new());
    "rejected-candles-taken-as-absent", "a candle that was left out as bad is one that does not exist":
        |rules, _| rules.whole_window = Arc::new(|_| true);
    "cached-candles-formatted-otherwise", "candles from the table get the decimals of a price tag":
        |rules, _| rules.item_to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            stored.candle.close.rescale(stored.candle.close.scale().max(2) + 2);
            Some(stored)
        });
    "field-dropped-in-conversion", "the volume is forgotten on the way back":
        |rules, _| rules.item_to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            stored.candle.volume = 0;
            Some(stored)
        });
    "fields-swapped-in-conversion", "high and low change places on the way back":
        |rules, _| rules.item_to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            (stored.candle.high, stored.candle.low) = (stored.candle.low, stored.candle.high);
            Some(stored)
        });
    "empty-answer-is-unknown-ticker", "a ticker without candles is a ticker that does not exist":
        |rules, _| rules.empty_answer = Arc::new(|request| Err(Failure::UnknownTicker { ticker: request.ticker.clone() }));
    "claim-explains-any-hole", "a window about which there is a claim is whole, whatever it lacks":
        |rules, _| rules.explained = Arc::new(|claim, _, fetched_at| claim.fetched_at == fetched_at);
    "whole-partition-read", "everything about a ticker is read, and most of it thrown away":
        |rules, _| rules.sort_key_ranges = Arc::new(|_, resolution, _| vec![(format!("{resolution}#"), format!("{resolution}#~"))]);
    "no-projection", "every attribute is read":
        |rules, _| rules.projection = Arc::new(|| &[]);
    "sort-keys-of-utc-days", "a window's candles are looked for from midnight to midnight in UTC":
        |rules, _| rules.sort_key_ranges = Arc::new(|window, resolution, rules| {
            let days = [window.start, window.end + Days::new(1)];
            let [from, to] = days.map(|day| (rules.sort_key)(resolution, Stamp::Day(day)));
            vec![(from, to)]
        });
    "one-query-per-hour", "a window is read hour by hour":
        |rules, _| rules.sort_key_ranges = Arc::new(|window, resolution, rules| {
            let [(from, to)] = query::ranges(window, resolution, rules).try_into().unwrap_or_default();
            let first = market::midnight(window.start);
            let hours = (1..24 * (window.days() + 1)).map(|hour| Stamp::Instant(first + TimeDelta::hours(hour)));
            let mut edges = vec![from];
            edges.extend(hours.map(|hour| (rules.sort_key)(resolution, hour)));
            edges.push(to);
            edges.windows(2).map(|edge| (edge[0].clone(), edge[1].clone())).collect()
        });
}
