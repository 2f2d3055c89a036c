//! What a correct server must serve follows from what is sent.

use std::collections::BTreeMap;

use harness::providers::{ExpectedCandle, Row, sessions_between};
use rust_decimal::Decimal;

use crate::world::World;

const TUESDAY: &str = "2026-02-03";

fn candle(time: &str, row: &crate::world::Row, prefix: [&str; 5]) -> anyhow::Result<ExpectedCandle> {
    let price = |field: &str| Decimal::from_str_exact(&row[field]).map(|price| price.normalize());
    let [open, high, low, close, volume] = prefix;
    Ok(ExpectedCandle {
        time: time.to_owned(),
        open: price(open)?,
        high: price(high)?,
        low: price(low)?,
        close: price(close)?,
        volume: row[volume].parse()?,
    })
}

#[tokio::test]
async fn daily_candles_are_the_adjusted_values_sent() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").splits("2026-01-15", 4);
    let rows = world.daily("AAPL", "2026-01-02", "2026-01-30").await?.rows()?;
    let fields = ["adjOpen", "adjHigh", "adjLow", "adjClose", "adjVolume"];
    let sent: Result<Vec<_>, _> = rows.iter().map(|row| candle(&row["date"][1..11], row, fields)).collect();
    assert_eq!(world.tiingo.expected("AAPL", "D", "2026-01-02", "2026-01-30"), sent?);
    assert_eq!(rows.len(), 20);
    Ok(())
}

#[tokio::test]
async fn intraday_candles_are_the_values_sent() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let rows = world.intraday("AAPL", "5min", "2026-02-02", TUESDAY).await?.rows()?;
    let fields = ["open", "high", "low", "close", "volume"];
    let time = |row: &crate::world::Row| format!("{}Z", &row["date"][1..20]);
    let sent: Result<Vec<_>, _> = rows.iter().map(|row| candle(&time(row), row, fields)).collect();
    assert_eq!(world.finnhub.expected("AAPL", "5", "2026-02-02", TUESDAY), sent?);
    assert_eq!(rows.len(), 156);
    Ok(())
}

#[tokio::test]
async fn what_is_no_candle_is_left_out() -> anyhow::Result<()> {
    let good = Row::new(TUESDAY, "10", "12", "9", "11", "5");
    let with = |change: fn(&mut Row)| {
        let mut row = good.clone();
        change(&mut row);
        row
    };
    let no_candles = [
        with(|row| row.open = "NaN".to_owned()),
        with(|row| row.high = "Infinity".to_owned()),
        with(|row| row.low = "null".to_owned()),
        with(|row| row.close = r#""11""#.to_owned()),
        with(|row| row.close = "+11".to_owned()),
        with(|row| row.close = "1_1".to_owned()),
        with(|row| row.low = "-1".to_owned()),
        with(|row| row.low = "0".to_owned()),
        with(|row| row.high = "8".to_owned()),
        with(|row| row.open = "8.99".to_owned()),
        with(|row| row.close = "12.01".to_owned()),
        with(|row| row.volume = Some("-5".to_owned())),
        with(|row| row.volume = Some("1.5".to_owned())),
    ];
    let world = World::new().await?;
    for row in no_candles {
        world.tiingo.lists("AAPL").rows("D", [row.clone()]);
        assert_eq!(world.tiingo.expected("AAPL", "D", TUESDAY, TUESDAY), [], "{row:?}");
        assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.body.matches("adjOpen").count(), 1, "{row:?}");
    }
    world.tiingo.lists("AAPL").rows("D", [good]);
    assert_eq!(world.tiingo.expected("AAPL", "D", TUESDAY, TUESDAY).len(), 1);
    Ok(())
}

#[tokio::test]
async fn volume_is_zero_when_none_was_sent_and_exact_when_it_is_huge() -> anyhow::Result<()> {
    let world = World::new().await?;
    for (sent, volume) in [(None, 0), (Some("null"), 0), (Some("12.0"), 12), (Some("18446744073709551615"), u64::MAX)] {
        let mut row = Row::new(TUESDAY, "10", "12", "9", "11", "5");
        row.volume = sent.map(str::to_owned);
        world.tiingo.lists("AAPL").rows("D", [row]);
        let expected = world.tiingo.expected("AAPL", "D", TUESDAY, TUESDAY);
        assert_eq!(expected.iter().map(|candle| candle.volume).collect::<Vec<_>>(), [volume], "{sent:?}");
    }
    Ok(())
}

#[tokio::test]
async fn candles_are_in_order_and_the_last_of_a_stamp_counts() -> anyhow::Result<()> {
    let world = World::new().await?;
    let (first, last) = ("2026-02-02", "2026-02-13");
    for session in sessions_between(first, last) {
        world.tiingo.lists("AAPL").doubled(session.date, |row| row.volume = Some("77".to_owned()));
    }
    let ordered = world.tiingo.expected("AAPL", "D", first, last);
    assert_eq!(ordered.iter().map(|candle| candle.volume).collect::<Vec<_>>(), [77; 10]);
    assert!(ordered.is_sorted_by_key(|candle| candle.time.clone()), "{ordered:?}");

    world.tiingo.lists("AAPL").in_disorder();
    assert_eq!(world.tiingo.expected("AAPL", "D", first, last), ordered);
    // Of what is sent in disorder, too, the last one is the one that counts, in a window of any size.
    for last in [TUESDAY, "2026-02-04", last] {
        let sent = world.daily("AAPL", first, last).await?.rows()?;
        let counting: BTreeMap<_, _> = sent.iter().map(|row| (&row["date"], row["adjVolume"].as_str())).collect();
        assert!(counting.values().all(|volume| *volume == "77"), "{last}: {counting:?}");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_expected_of_a_ticker_that_is_not_listed() -> anyhow::Result<()> {
    let world = World::new().await?;
    assert_eq!(world.tiingo.expected("NOPE", "D", TUESDAY, TUESDAY), []);
    Ok(())
}
