//! Answers have the shapes that the providers document; see `fixtures/providers`.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::Value;

use crate::world::{KEY, World};

type Shape = BTreeMap<String, String>;
type Refusals = BTreeMap<String, BTreeMap<String, (u16, Value)>>;

const TIINGO_DAILY: &str = include_str!("../../../fixtures/providers/tiingo-daily.json");
const TIINGO_INTRADAY: &str = include_str!("../../../fixtures/providers/tiingo-intraday.json");
const FINNHUB_CANDLE: &str = include_str!("../../../fixtures/providers/finnhub-candle.json");
const REFUSALS: &str = include_str!("../../../fixtures/providers/refusals.json");

const WEEK: &str = "startDate=2026-02-02&endDate=2026-02-06";

#[tokio::test]
async fn a_daily_row_of_tiingo_has_the_documented_fields() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let answer = world.daily("AAPL", "2026-02-02", "2026-02-06").await?;
    assert_eq!((answer.status, answer.headers["content-type"].to_str()?), (200, "application/json"));
    assert_eq!(shapes_of_rows(&answer.body)?, vec![golden(TIINGO_DAILY)?; 5]);
    Ok(())
}

#[tokio::test]
async fn an_intraday_row_of_tiingo_has_the_columns_asked_for_and_no_volume_unasked() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let asked = world.intraday("AAPL", "1hour", "2026-02-03", "2026-02-03").await?;
    assert_eq!(shapes_of_rows(&asked.body)?, vec![golden(TIINGO_INTRADAY)?; 7]);

    let plain = world.ask_tiingo(&format!("/iex/AAPL/prices?{WEEK}&resampleFreq=1hour"), Some(KEY)).await?;
    let mut without_volume = golden(TIINGO_INTRADAY)?;
    without_volume.remove("volume");
    assert_eq!(shapes_of_rows(&plain.body)?.first(), Some(&without_volume));
    Ok(())
}

#[tokio::test]
async fn candles_of_finnhub_are_columns_of_one_length() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.finnhub.lists("AAPL");
    let answer = world.candle("AAPL", "D", 1_769_990_400, 1_770_336_000).await?;
    let columns: BTreeMap<String, Value> = serde_json::from_str(&answer.body)?;
    assert_eq!(shape(&columns), golden(FINNHUB_CANDLE)?);
    let lengths: Vec<_> = columns.values().filter_map(Value::as_array).map(Vec::len).collect();
    assert_eq!(lengths, [5; 6]);
    Ok(())
}

#[tokio::test]
async fn refusals_are_worded_as_the_providers_word_them() -> anyhow::Result<()> {
    let world = World::new().await?;
    let refusals: Refusals = serde_json::from_str(REFUSALS)?;
    for (provider, situations) in &refusals {
        for (situation, wanted) in situations {
            let target = match provider.as_str() {
                "tiingo" => format!("/tiingo/daily/NOPE/prices?{WEEK}"),
                _ => "/stock/candle?symbol=NOPE&resolution=D&from=1769990400&to=1770336000".to_owned(),
            };
            let key = match situation.as_str() {
                "missing key" => None,
                "wrong key" => Some("another"),
                _ => Some(KEY),
            };
            let double = if provider == "tiingo" { &world.tiingo } else { &world.finnhub };
            match situation.as_str() {
                "rate limited" => double.rate_limited(None).for_calls(1),
                "no plan" => double.answers(403).for_calls(1),
                _ => {}
            }
            let answer = match provider.as_str() {
                "tiingo" => world.ask_tiingo(&target, key).await?,
                _ => world.ask_finnhub(&target, key).await?,
            };
            let body: Value = serde_json::from_str(&answer.body).with_context(|| answer.body.clone())?;
            assert_eq!((answer.status, body), wanted.clone(), "{provider}: {situation}");
        }
    }
    Ok(())
}

fn golden(text: &str) -> anyhow::Result<Shape> {
    Ok(serde_json::from_str(text)?)
}

fn shapes_of_rows(body: &str) -> anyhow::Result<Vec<Shape>> {
    let rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(body).with_context(|| body.to_owned())?;
    Ok(rows.iter().map(shape).collect())
}

fn shape(object: &BTreeMap<String, Value>) -> Shape {
    object.iter().map(|(name, value)| (name.clone(), kind(value))).collect()
}

fn kind(value: &Value) -> String {
    match value {
        Value::String(_) => "string".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::Array(values) => {
            match values.iter().map(kind).reduce(|all, one| if all == one { all } else { "mixed".to_owned() }) {
                Some(kind) => format!("array of {kind}"),
                None => "empty array".to_owned(),
            }
        }
        other => other.to_string(),
    }
}
