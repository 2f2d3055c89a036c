//! Made-up candles: repeatable, plausible, and one market for both providers.

use harness::providers::Market;
use rust_decimal::Decimal;

use crate::world::World;

const WEEK: (&str, &str) = ("2026-02-02", "2026-02-06");

#[tokio::test]
async fn the_same_request_gets_the_same_candles_whatever_was_asked_before() -> anyhow::Result<()> {
    let (calm, busy) = (World::new().await?, World::new().await?);
    calm.tiingo.lists("AAPL");
    busy.tiingo.lists("MSFT");
    busy.tiingo.lists("AAPL").since("2020-01-02");
    busy.daily("AAPL", "2025-02-02", "2026-02-09").await?;
    busy.intraday("AAPL", "5min", WEEK.0, WEEK.1).await?;
    assert_eq!(calm.daily("AAPL", WEEK.0, WEEK.1).await?.body, busy.daily("AAPL", WEEK.0, WEEK.1).await?.body);
    let (few, many) = ("2026-02-04", WEEK.1);
    let few = calm.intraday("AAPL", "15min", few, few).await?.rows()?;
    let many = busy.intraday("AAPL", "15min", WEEK.0, many).await?.rows()?;
    assert_eq!(few, many[52..78]);
    Ok(())
}

#[test]
fn seeds_tickers_and_resolutions_differ() {
    let candles = |seed: u64, ticker: &str, resolution: &str| {
        let market = Market::new(seed);
        market.lists(ticker);
        let candle = market.expected(ticker, resolution, "2026-02-03", "2026-02-03").swap_remove(0);
        (candle.open, candle.close, candle.volume)
    };
    let one = candles(7, "AAPL", "D");
    assert_ne!(one, candles(8, "AAPL", "D"));
    assert_ne!(one, candles(7, "MSFT", "D"));
    assert_ne!(one, candles(7, "AAPL", "60"));
    assert_eq!(one, candles(7, "AAPL", "D"));
}

#[test]
fn candles_are_candles_with_two_to_four_decimals() {
    for seed in 0..20 {
        let market = Market::new(seed);
        market.lists("AAPL");
        for (resolution, in_a_day) in [("D", 1), ("1", 390), ("60", 7)] {
            let candles = market.expected("AAPL", resolution, "2026-01-02", "2026-01-30");
            assert_eq!(candles.len(), 20 * in_a_day, "what is no candle would be missing");
            let scales = candles.iter().map(|candle| candle.close.scale());
            assert!(scales.clone().all(|scale| scale <= 4) && scales.max() == Some(4), "{resolution}");
            assert!(candles.iter().all(|candle| candle.volume > 0), "{resolution}");
        }
    }
}

#[test]
fn no_day_jumps_from_the_one_before() {
    let market = Market::new(11);
    market.lists("AAPL");
    let closes: Vec<_> = market.expected("AAPL", "D", "2021-01-01", "2025-12-31").iter().map(|day| day.close).collect();
    let jump = |pair: &[Decimal]| (pair[1] - pair[0]).abs() * Decimal::TEN > pair[0];
    assert_eq!(closes.windows(2).filter(|pair| jump(pair)).count(), 0, "more than a tenth");
    let (least, most) = (closes.iter().min(), closes.iter().max());
    assert!(least.zip(most).is_some_and(|(least, most)| most - least > least / Decimal::TEN), "five flat years");
}

#[tokio::test]
async fn both_providers_tell_of_one_market() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let tiingo = world.daily("AAPL", WEEK.0, WEEK.1).await?;
    let finnhub = world.candle("AAPL", "D", 1_769_990_400, 1_770_336_000).await?;
    for (short, long) in [("o", "adjOpen"), ("h", "adjHigh"), ("l", "adjLow"), ("c", "adjClose"), ("v", "adjVolume")] {
        let column = format!(r#""{short}":[{}]"#, tiingo.column(long)?.join(","));
        assert!(finnhub.body.contains(&column), "{column} in {}", finnhub.body);
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_listed_before_it_has_begun() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let today = || world.intraday("AAPL", "1hour", "2026-02-03", "2026-02-03");
    world.market.time_is("2026-02-03T14:30:00Z");
    assert_eq!(today().await?.body, "[]");
    assert_eq!(world.daily("AAPL", "2026-02-02", "2026-02-04").await?.rows()?.len(), 1);
    world.market.time_is("2026-02-03T15:00:01Z");
    assert_eq!(today().await?.dates()?, ["2026-02-03T14:30:00.000Z", "2026-02-03T15:00:00.000Z"]);
    world.market.time_is("2026-02-03T21:00:00Z");
    assert_eq!(today().await?.rows()?.len(), 7);
    Ok(())
}

#[test]
fn a_candle_under_way_grows_into_the_finished_one() {
    let market = Market::new(7);
    market.lists("AAPL");
    let today = || market.expected("AAPL", "D", "2026-02-03", "2026-02-03").swap_remove(0);
    market.time_is("2026-02-03T16:00:00Z");
    let morning = today();
    market.time_is("2026-02-03T19:00:00Z");
    let afternoon = today();
    market.time_is("2026-02-03T21:00:00Z");
    let finished = today();
    market.time_is("2026-02-20T21:00:00Z");
    assert_eq!(today(), finished);
    assert!(0 < morning.volume && morning.volume < afternoon.volume && afternoon.volume < finished.volume);
    assert!(morning.high <= afternoon.high && afternoon.high <= finished.high && morning.high < finished.high);
    assert_ne!(morning.close, finished.close);
}
