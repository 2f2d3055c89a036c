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
async fn what_may_be_left_out_has_the_provider_s_default() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").since("2026-01-02");
    world.market.time_is("2026-02-03T22:00:00Z");
    let same = [
        (
            "/tiingo/daily/AAPL/prices?startDate=2026-02-02",
            "/tiingo/daily/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03",
        ),
        ("/tiingo/daily/AAPL/prices", "/tiingo/daily/aapl/prices?startDate=2026-02-03&endDate=2026-02-03"),
        (
            "/tiingo/daily/AAPL/prices?startDate=2026-2-2&endDate=2026-2-3&format=json&sort=date&resampleFreq=daily",
            "/tiingo/daily/AAPL/prices?startDate=2026-02-02T00:00:00Z&endDate=2026-02-03",
        ),
        ("/iex/AAPL/prices", "/iex/AAPL/prices?startDate=2026-02-03&endDate=2026-02-03&resampleFreq=5min"),
        (
            "/iex/AAPL/prices?startDate=2026-02-02&resampleFreq=1hour&forceFill=false&afterHours=false",
            "/iex/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&resampleFreq=60min",
        ),
        (
            "/iex/AAPL/prices?startDate=2026-02-03%2014:30:00&endDate=2026-02-03&columns=open,high,low,close",
            "/iex/AAPL/prices?startDate=2026-02-03T09:30:00-05:00&endDate=2026-02-03&resampleFreq=5min",
        ),
    ];
    for (short, long) in same {
        let (short_answer, long_answer) =
            (world.ask_tiingo(short, Some(KEY)).await?, world.ask_tiingo(long, Some(KEY)).await?);
        assert_eq!(short_answer.status, 200, "{short}");
        assert!(short_answer.body.len() > 50, "{short}: {}", short_answer.body);
        assert_eq!(short_answer.body, long_answer.body, "{short}");
    }
    assert_eq!(world.tiingo.calls_not_known(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn rows_come_in_the_order_and_with_the_columns_that_are_asked_for() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let week = "startDate=2026-02-02&endDate=2026-02-03&columns=close";
    let daily = world.ask_tiingo(&format!("/tiingo/daily/AAPL/prices?{week}&sort=-date"), Some(KEY)).await?.body;
    let days: Vec<_> = daily.match_indices("2026-02-0").map(|(at, _)| &daily[at..at + 10]).collect();
    assert_eq!(days, ["2026-02-03", "2026-02-02"]);
    assert!(daily.contains("\"close\"") && !daily.contains("\"open\"") && !daily.contains("adjClose"), "{daily}");
    Ok(())
}

#[tokio::test]
async fn a_key_may_stand_in_the_query() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let daily = format!("/tiingo/daily/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&token={KEY}");
    assert_eq!(world.ask_tiingo(&daily, None).await?.status, 200);
    let candle = format!("/stock/candle?symbol=AAPL&resolution=D&from=1770076800&to=1770163200&token={KEY}");
    assert_eq!(world.ask_finnhub(&candle, None).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn what_the_double_does_not_know_is_told() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let tiingo = [
        ("/tiingo/daily/AAPL/prices?startDate=2026-02-30&endDate=2026-03-02", "startDate=2026-02-30"),
        ("/tiingo/daily/AAPL/prices?startDate=2026-02-02", "a date is left out, where no time is set"),
        ("/tiingo/daily/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&format=csv", "format=csv"),
        (
            "/tiingo/daily/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&resampleFreq=weekly",
            "resampleFreq=weekly",
        ),
        ("/iex/AAPL/prices?startDate=2026-02-02&endDate=2026-02-03&resampleFreq=7min", "resampleFreq=7min"),
        ("/iex/AAPL/prices?startDate=yesterday&endDate=2026-02-03", "startDate=yesterday"),
        ("/tiingo/weekly/AAPL", "its path"),
    ];
    for (target, _) in tiingo {
        assert_eq!(world.ask_tiingo(target, Some(KEY)).await?.status, 400, "{target}");
    }
    let told: Vec<_> = tiingo.iter().map(|(target, what)| format!("GET {target} ({what})")).collect();
    assert_eq!(world.tiingo.calls_not_known(), told);

    let candle = format!("/stock/candle?symbol=AAPL&resolution=D&token={KEY}");
    assert_eq!(world.ask_finnhub(&candle, None).await?.status, 400);
    assert_eq!(
        world.finnhub.calls_not_known(),
        ["GET /api/v1/stock/candle?symbol=AAPL&resolution=D&token=*** (no from)"]
    );
    Ok(())
}
