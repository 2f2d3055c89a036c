//! Mistakes between the server and its table.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ohlc_server::Ports;
use ohlc_server::candle::Stamp;
use ohlc_server::error::Failure;
use ohlc_server::freshness;
use ohlc_server::store::batch_write::batches;
use ohlc_server::store::items;
use serde_json::{Value, json};

use super::defects;
use crate::broken::dynamodb::{Answer, Call, calls};
use crate::broken::inbound;

defects! {
    "null-volume-fails-the-write", "a volume of none is written as a number that is none":
        |policies, _| policies.items.from_candle = Arc::new(|stored, sort_key| {
            let mut item = items::from_candle(stored, sort_key);
            if stored.candle.volume == 0 {
                item.insert("volume".into(), AttributeValue::N("None".into()));
            }
            item
        });
    "first-batch-only", "only the first 25 candles are written":
        |policies, _| policies.batch_write.batches = Arc::new(|candles| batches(candles).into_iter().take(1).collect());
    "batch-edge-dropped", "the last candle of a full batch is lost":
        |policies, _| policies.batch_write.batches = Arc::new(|candles| {
            batches(candles).into_iter().map(|batch| batch.start..batch.end.min(batch.start + 24)).collect()
        });
    "query-in-reverse", "candles are read newest first":
        |policies, _| policies.query.ascending = false;
    "pagination-ignored", "the rest of a long answer is never read":
        |_, ports| first_page_alone(ports);
    "first-page-taken-as-complete", "what the first page holds is the answer":
        |policies, ports| {
            first_page_alone(ports);
            policies.completeness.missing = Arc::new(|_, _| Vec::new());
        };
    "absent-candles-not-recorded", "what the provider lacks is asked for again and again":
        |_, ports| calls(ports, |call, wire| Box::pin(async move {
            if call.puts_a_record() { Answer::done() } else { wire.send(call).await }
        }));
    "rejected-candles-taken-as-absent", "a candle that was left out as bad is one that does not exist":
        |policies, _| policies.freshness.absence_expiry = Arc::new(|absent, _, now, policy| freshness::absence_expiry(absent, 0, now, policy));
    "cached-candles-formatted-otherwise", "candles from the table get the decimals of a price tag":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            stored.candle.close.rescale(stored.candle.close.scale().max(2) + 2);
            Some(stored)
        });
    "field-dropped-in-conversion", "the volume is forgotten on the way back":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            stored.candle.volume = 0;
            Some(stored)
        });
    "fields-swapped-in-conversion", "high and low change places on the way back":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let mut stored = items::to_candle(item)?;
            (stored.candle.high, stored.candle.low) = (stored.candle.low, stored.candle.high);
            Some(stored)
        });
    "numbers-in-the-table-read-as-written", "a number with an exponent, or a whole one with a point, is none":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let plain = |name: &str, sign: &[char]| number(item, name).is_some_and(|text| !text.contains(sign));
            let prices = ["open", "high", "low", "close"].iter().all(|name| plain(name, &['e', 'E']));
            let whole = ["volume", "ExpiresAt"].iter().all(|name| plain(name, &['e', 'E', '.']));
            items::to_candle(item).filter(|_| prices && whole)
        });
    "exponents-in-the-table-cut-off", "of a number with an exponent the rest is read":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let mut cut = item.clone();
            for name in ["open", "high", "low", "close"] {
                let before = number(item, name).and_then(|text| text.split(['e', 'E']).next());
                cut.extend(before.map(|text| (name.to_owned(), AttributeValue::N(text.to_owned()))));
            }
            items::to_candle(&cut)
        });
    "long-fractions-in-the-table-refused", "a number with more decimals than a decimal holds is none, though they are zeros":
        |policies, _| policies.items.to_candle = Arc::new(|item| {
            let long = |name: &&str| number(item, name).is_some_and(|text| text.len() > 30);
            items::to_candle(item).filter(|_| !["open", "high", "low", "close"].iter().any(long))
        });
    "empty-answer-is-unknown-ticker", "a ticker without candles is a ticker that does not exist":
        |_, ports| inbound::requests(ports, |request, next| Box::pin(async move {
            let ticker = request.uri().path().split('/').nth(4).unwrap_or_default().to_uppercase();
            let response = next.run(request).await;
            let (head, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
            match serde_json::from_slice::<Value>(&body) {
                Ok(answer) if answer["count"] == 0 => Failure::UnknownTicker { ticker }.into_response(),
                _ => Response::from_parts(head, body.into()),
            }
        }));
    "claim-explains-any-hole", "a window about which there is a completeness record is whole, whatever it lacks":
        |policies, _| policies.completeness.explained = Arc::new(|record, _, fetched_at| record.fetched_at == fetched_at);
    "whole-partition-read", "everything about a ticker is read, and most of it thrown away":
        |policies, _| policies.query.range = Arc::new(|_, _| {
            (Stamp::Day(NaiveDate::default()), Stamp::Day(NaiveDate::default() + Days::new(36_525)))
        });
    "no-projection", "every attribute is read":
        |_, ports| calls(ports, |mut call, wire| Box::pin(async move {
            if let (true, Some(asked)) = (reads_a_window(&call), call.body.as_object_mut()) {
                asked.remove("ProjectionExpression");
                asked.remove("ExpressionAttributeNames");
            }
            wire.send(call).await
        }));
    "sort-keys-of-utc-days", "a window's candles are looked for from midnight to midnight in UTC":
        |policies, _| policies.query.range = Arc::new(|window, _| {
            (Stamp::Day(window.start), Stamp::Day(window.end + Days::new(1)))
        });
    "one-query-per-hour", "a window of a day is read hour by hour":
        |_, ports| calls(ports, |call, wire| Box::pin(async move {
            let mut all: Option<Answer> = None;
            for hour in hours_of(&call) {
                let mut answer = wire.send(hour).await?;
                if let Some(Value::Array(before)) = all.as_mut().map(|all| all.body["Items"].take()) {
                    let items = answer.body["Items"].as_array().cloned().unwrap_or_default();
                    answer.body["Items"] = before.into_iter().chain(items).collect();
                }
                all = Some(answer);
            }
            match all {
                Some(all) => Ok(all),
                None => wire.send(call).await,
            }
        }));
}

/// Lets the server take the first page of an answer for the whole one.
fn first_page_alone(ports: &mut Ports) {
    calls(ports, |call, wire| Box::pin(async move {
        let mut answer = wire.send(call).await?;
        if let Some(answered) = answer.body.as_object_mut() {
            answered.remove("LastEvaluatedKey");
        }
        Ok(answer)
    }));
}

/// The text of a number.
fn number<'a>(item: &'a items::Item, name: &str) -> Option<&'a str> {
    Some(item.get(name)?.as_n().ok()?.as_str())
}

fn reads_a_window(call: &Call) -> bool {
    call.operation == "Query" && call.body["ExpressionAttributeValues"][":from"].is_object()
}

/// The same call for each hour of its window; none, when it reads no window, or one that is longer than a day.
fn hours_of(call: &Call) -> Vec<Call> {
    let edge = |name: &str| call.body["ExpressionAttributeValues"][name]["S"].as_str()?.split_once('#');
    let (Some((resolution, from)), Some((_, to))) = (edge(":from"), edge(":to")) else { return Vec::new() };
    let (Ok(from), Ok(to)) = (from.parse::<DateTime<Utc>>(), to.parse::<DateTime<Utc>>()) else { return Vec::new() };
    if to - from > TimeDelta::days(1) {
        return Vec::new();
    }
    let key = |instant: DateTime<Utc>| json!({"S": format!("{resolution}#{}", instant.format("%Y-%m-%dT%H:%M:%SZ"))});
    let starts = std::iter::successors(Some(from), |start| Some(*start + TimeDelta::hours(1)));
    let hour = |start: DateTime<Utc>| {
        let mut body = call.body.clone();
        body["ExpressionAttributeValues"][":from"] = key(start);
        body["ExpressionAttributeValues"][":to"] = key(to.min(start + TimeDelta::seconds(3_599)));
        call.with(body)
    };
    starts.take_while(|start| *start <= to).filter_map(hour).collect()
}
