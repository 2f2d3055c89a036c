//! Each word of a listing does what it says.

use anyhow::Context;
use harness::providers::{GOOG_DAILY, Row, sessions_between};

use crate::world::World;

const TUESDAY: &str = "2026-02-03";

#[tokio::test]
async fn exact_rows_are_sent_to_the_letter_and_in_their_order() -> anyhow::Result<()> {
    let world = World::new().await?;
    let digits = "150.1234567890123456789";
    world.tiingo.lists("AAPL").rows(
        "D",
        [
            Row::new("2026-02-04", digits, "1.6e2", "150.10", "150.2", "9007199254740993"),
            Row::new(TUESDAY, "150", "151", "149", "150.50", "1"),
        ],
    );
    let answer = world.daily("AAPL", "2026-02-02", "2026-02-06").await?;
    assert_eq!(answer.column("adjOpen")?, [digits, "150"]);
    assert_eq!(answer.column("adjHigh")?, ["1.6e2", "151"]);
    assert_eq!(answer.column("close")?, ["150.2", "150.50"]);
    assert_eq!(answer.column("volume")?, ["9007199254740993", "1"]);
    assert_eq!(world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?.rows()?.len(), 7, "made up as before");
    Ok(())
}

#[tokio::test]
async fn an_edited_row_can_be_no_candle_at_all() -> anyhow::Result<()> {
    let world = World::new().await?;
    let (first, second) = ("2026-02-03T14:30:00Z", "2026-02-03T15:00:00Z");
    let listing = world.tiingo.lists("AAPL").edit(first, |row| row.close = "NaN".to_owned());
    listing.edit(second, |row| row.volume = None).edit(TUESDAY, |row| row.volume = Some("null".to_owned()));
    let hours = world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?.body;
    assert_eq!(hours.matches(r#""close":NaN,"#).count(), 1, "{hours}");
    assert_eq!(hours.matches(r#""volume""#).count(), 6, "{hours}");
    let day = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!((day.column("volume")?, day.column("adjVolume")?), (vec!["null".to_owned()], vec!["null".to_owned()]));
    let columns = world.candle("AAPL", "60", 1_770_129_000, 1_770_130_800).await?.body;
    assert!(columns.contains(r#""c":[NaN,"#) && columns.contains(",null]"), "{columns}");
    Ok(())
}

#[tokio::test]
async fn a_doubled_row_is_sent_twice() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").doubled(TUESDAY, |row| row.close.clone_from(&row.high));
    let rows = world.daily("AAPL", TUESDAY, "2026-02-04").await?.rows()?;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["date"], rows[1]["date"]);
    assert_eq!(rows[0]["adjHigh"], rows[1]["adjClose"]);
    assert_ne!(rows[0]["adjClose"], rows[1]["adjClose"]);
    Ok(())
}

#[tokio::test]
async fn disorder_keeps_every_row_and_never_looks_ordered() -> anyhow::Result<()> {
    for seed in 0..20 {
        let world = World::of_seed(seed).await?;
        world.tiingo.lists("AAPL");
        let ordered = world.daily("AAPL", TUESDAY, "2026-02-05").await?.rows()?;
        world.tiingo.lists("AAPL").in_disorder();
        let mut shuffled = world.daily("AAPL", TUESDAY, "2026-02-05").await?.rows()?;
        assert_ne!(shuffled, ordered, "seed {seed}");
        shuffled.sort_by_key(|row| row["date"].clone());
        assert_eq!(shuffled, ordered, "seed {seed}");
    }
    Ok(())
}

#[tokio::test]
async fn rows_may_be_added_anywhere_and_taken_away_again() -> anyhow::Result<()> {
    let world = World::new().await?;
    let bar = |at: &str| Row::new(at, "10", "11", "9", "10", "1");
    let odd = ["2026-02-03T16:02:11Z", "2026-02-03T22:00:00Z", "2026-02-07T16:00:00Z"];
    world.tiingo.lists("AAPL").adds("60", odd.map(bar)).adds("D", ["2026-02-03", "2026-02-07"].map(bar));
    let hours = world.intraday("AAPL", "1hour", TUESDAY, "2026-02-08").await?.dates()?;
    assert_eq!(hours.len(), 4 * 7 + 3);
    assert_eq!(&hours[2..4], ["2026-02-03T16:00:00.000Z", "2026-02-03T16:02:11.000Z"]);
    assert_eq!(hours.last().map(String::as_str), Some("2026-02-07T16:00:00.000Z"));
    assert_eq!(world.daily("AAPL", TUESDAY, "2026-02-08").await?.rows()?.len(), 4 + 2, "Tuesday comes twice");
    // Of these only the one after hours fills a bucket.
    assert_eq!(world.tiingo.expected("AAPL", "60", TUESDAY, "2026-02-08").len(), 4 * 7 + 1);
    assert_eq!(world.tiingo.expected("AAPL", "D", TUESDAY, "2026-02-08").len(), 4);
    world.tiingo.lists("AAPL").adds("60", []);
    assert_eq!(world.intraday("AAPL", "1hour", TUESDAY, "2026-02-08").await?.rows()?.len(), 4 * 7);
    Ok(())
}

#[tokio::test]
async fn before_a_split_raw_values_are_on_the_old_scale() -> anyhow::Result<()> {
    let world = World::new().await?;
    let prices = |day| Row::new(day, "10.05", "11", "9.5", "10.25", "4000");
    let days = ["2020-08-28", "2020-08-31", "2020-09-01"];
    world.tiingo.lists("AAPL").rows("D", days.map(prices)).splits("2020-08-31", 4);
    let answer = world.daily("AAPL", days[0], days[2]).await?;
    assert_eq!(answer.column("open")?, ["40.2", "10.05", "10.05"]);
    assert_eq!(answer.column("adjOpen")?, ["10.05", "10.05", "10.05"]);
    assert_eq!(answer.column("volume")?, ["1000", "4000", "4000"]);
    assert_eq!(answer.column("adjVolume")?, ["4000", "4000", "4000"]);
    assert_eq!(answer.column("splitFactor")?, ["1.0", "4.0", "1.0"]);
    Ok(())
}

#[tokio::test]
async fn an_action_changes_earlier_days_from_its_date_on() -> anyhow::Result<()> {
    let world = World::new().await?;
    let days = ["2026-02-02", TUESDAY, "2026-02-04"];
    let rows = days.map(|day| Row::new(day, "10", "11", "9.5", "10", "4000"));
    world.tiingo.lists("AAPL").rows("D", rows).splits("2026-02-04", 4).pays(TUESDAY, "0.2");
    for (now, last, adjusted) in [
        ("2026-02-02T22:00:00Z", 0, vec!["50"]),
        ("2026-02-03T22:00:00Z", 1, vec!["40", "40"]),
        ("2026-02-04T22:00:00Z", 2, vec!["10", "10", "10"]),
    ] {
        world.market.time_is(now);
        let answer = world.daily("AAPL", days[0], days[last]).await?;
        assert_eq!(answer.column("adjClose")?, adjusted, "{now}");
        let traded = ["50", "40", "10"];
        assert_eq!(answer.column("close")?, traded[..=last], "{now}");
        assert_eq!(answer.column("divCash")?, ["0.0", "8.0", "0.0"][..=last], "{now}");
        assert_eq!(answer.column("splitFactor")?, ["1.0", "1.0", "4.0"][..=last], "{now}");
    }
    // Finnhub adjusts days for the split alone.
    let finnhub = world.candle("AAPL", "D", 1_769_990_400, 1_770_163_200).await?;
    assert!(finnhub.body.starts_with(r#"{"c":[12.5,10,10],"#), "{}", finnhub.body);
    Ok(())
}

#[tokio::test]
async fn a_hole_takes_a_day_or_a_single_row() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").without([TUESDAY, "2026-02-04T15:00:00Z"]);
    assert_eq!(world.daily("AAPL", "2026-02-02", "2026-02-04").await?.rows()?.len(), 2);
    assert_eq!(world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?.body, "[]");
    let hours = world.intraday("AAPL", "1hour", "2026-02-04", "2026-02-04").await?.dates()?;
    assert_eq!(hours.len(), 6);
    assert!(!hours.contains(&"2026-02-04T15:00:00.000Z".to_owned()), "{hours:?}");
    Ok(())
}

#[tokio::test]
async fn a_ticker_may_have_daily_rows_alone() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").no_intraday();
    assert_eq!(world.intraday("AAPL", "5min", TUESDAY, TUESDAY).await?.body, "[]");
    assert_eq!(world.candle("AAPL", "5", 1_770_076_800, 1_770_163_200).await?.body, r#"{"s":"no_data"}"#);
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.rows()?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_listing_begins_on_its_day_and_can_end() -> anyhow::Result<()> {
    let world = World::new().await?;
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 404);
    world.tiingo.lists("AAPL").since("2026-02-04");
    assert_eq!(world.daily("AAPL", "2026-02-02", TUESDAY).await?.body, "[]");
    assert_eq!(world.daily("AAPL", "2026-02-02", "2026-02-04").await?.dates()?, ["2026-02-04T00:00:00.000Z"]);
    assert_eq!(world.intraday("AAPL", "1hour", TUESDAY, "2026-02-04").await?.rows()?.len(), 7);
    world.tiingo.delists("aapl");
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn a_share_class_is_written_with_a_hyphen_at_tiingo() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("BRK.B");
    assert_eq!(world.daily("BRK-B", TUESDAY, TUESDAY).await?.status, 200);
    assert_eq!(world.daily("brk-b", TUESDAY, TUESDAY).await?.status, 200);
    assert_eq!(world.daily("BRK.B", TUESDAY, TUESDAY).await?.status, 404);
    let finnhub = world.candle("BRK.B", "D", 1_770_076_800, 1_770_076_800).await?;
    assert!(finnhub.body.contains(r#""s":"ok""#), "{}", finnhub.body);
    Ok(())
}

#[tokio::test]
async fn intraday_dates_may_carry_new_yorks_offset() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").dated_with_offset();
    let winter = world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?.dates()?;
    assert_eq!(winter[0], "2026-02-03T09:30:00-05:00");
    let summer = world.intraday("AAPL", "1hour", "2026-07-01", "2026-07-01").await?.dates()?;
    assert_eq!(summer[0], "2026-07-01T09:30:00-04:00");
    Ok(())
}

#[tokio::test]
async fn an_answer_may_carry_more_than_was_asked_for() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL").overshoots(1);
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.rows()?.len(), 3);
    assert_eq!(world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?.rows()?.len(), 21);
    assert_eq!(world.tiingo.expected("AAPL", "60", TUESDAY, TUESDAY).len(), 7);
    Ok(())
}

#[tokio::test]
async fn recorded_candles_are_sent_as_they_were_recorded() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists_recorded("GOOG", GOOG_DAILY);
    let rows = world.daily("GOOG", "2000-01-01", "2020-01-01").await?.rows()?;
    let lines: Vec<_> = GOOG_DAILY.lines().skip(1).collect();
    assert_eq!((rows.len(), lines.len()), (2_148, 2_148));
    for (row, line) in rows.iter().zip(lines) {
        let date = row["date"].get(1..11).context("a date")?;
        let sent = [date, &row["open"], &row["high"], &row["low"], &row["adjClose"], &row["volume"]].join(",");
        assert_eq!(sent, line);
    }
    let sessions = sessions_between("2004-08-19", "2013-03-01");
    assert!(sessions.iter().zip(&rows).all(|(day, row)| row["date"].contains(&day.date.to_string())));
    assert_eq!(sessions.len(), rows.len());
    Ok(())
}
