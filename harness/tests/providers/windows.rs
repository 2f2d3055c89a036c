//! A window is answered exactly: both ends included, in New York dates.

use crate::world::{KEY, World};

#[tokio::test]
async fn a_daily_window_includes_both_dates() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let week = world.daily("AAPL", "2026-02-03", "2026-02-05").await?;
    let midnights = ["2026-02-03T00:00:00.000Z", "2026-02-04T00:00:00.000Z", "2026-02-05T00:00:00.000Z"];
    assert_eq!(week.dates()?, midnights);
    let one = world.daily("AAPL", "2026-02-04", "2026-02-04").await?;
    assert_eq!(one.dates()?, ["2026-02-04T00:00:00.000Z"]);
    Ok(())
}

#[tokio::test]
async fn dates_of_an_intraday_window_are_whole_new_york_days() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    // The clocks go forward on Sunday, 2026-03-08, so that Monday's session is an hour earlier in UTC.
    let across = world.intraday("AAPL", "1hour", "2026-03-06", "2026-03-09").await?.dates()?;
    assert_eq!(across.len(), 14);
    assert_eq!(across[0..2], ["2026-03-06T14:30:00.000Z", "2026-03-06T15:00:00.000Z"]);
    assert_eq!(across[6..9], ["2026-03-06T20:00:00.000Z", "2026-03-09T13:30:00.000Z", "2026-03-09T14:00:00.000Z"]);
    Ok(())
}

#[tokio::test]
async fn times_of_an_intraday_window_are_both_included() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let quarter = ["2026-02-03T15:00:00.000Z", "2026-02-03T15:05:00.000Z", "2026-02-03T15:10:00.000Z"];
    for (from, to) in [
        ("2026-02-03T15:00:00Z", "2026-02-03T15:10:00Z"),
        ("2026-02-03T15:00:00", "2026-02-03T15:10:00"),
        ("2026-02-03T10:00:00-05:00", "2026-02-03T10:10:00-05:00"),
    ] {
        let answer = world.intraday("AAPL", "5min", from, to).await?;
        assert_eq!(answer.dates()?, quarter, "{from} to {to}");
    }
    Ok(())
}

#[tokio::test]
async fn seconds_of_a_finnhub_window_are_both_included() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.finnhub.lists("AAPL");
    let (open, later) = (1_770_129_000, 1_770_129_600);
    let exact = world.candle("AAPL", "5", open, later).await?;
    assert!(exact.body.contains(r#""t":[1770129000,1770129300,1770129600]"#), "{}", exact.body);
    let inside = world.candle("AAPL", "5", open + 1, later - 1).await?;
    assert!(inside.body.contains(r#""t":[1770129300]"#), "{}", inside.body);
    Ok(())
}

#[tokio::test]
async fn a_window_without_a_session_is_empty() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    assert_eq!(world.daily("AAPL", "2026-02-07", "2026-02-08").await?.body, "[]");
    assert_eq!(world.intraday("AAPL", "5min", "2026-07-03", "2026-07-03").await?.body, "[]");
    assert_eq!(world.candle("AAPL", "D", 1_770_422_400, 1_770_508_800).await?.body, r#"{"s":"no_data"}"#);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    for target in [
        "/tiingo/daily/AAPL/prices?startDate=2026-02-02",
        "/tiingo/daily/AAPL/prices?startDate=2026-02-30&endDate=2026-03-02",
        "/iex/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03",
        "/iex/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&resampleFreq=7min",
        "/iex/AAPL/prices?startDate=yesterday&endDate=2026-02-03&resampleFreq=5min",
    ] {
        assert_eq!(world.ask_tiingo(target, Some(KEY)).await?.status, 400, "{target}");
    }
    assert_eq!(world.ask_tiingo("/tiingo/weekly/AAPL", Some(KEY)).await?.status, 404);
    assert_eq!(world.ask_finnhub("/stock/candle?symbol=AAPL&resolution=D", Some(KEY)).await?.status, 422);
    Ok(())
}
