//! What goes wrong on the wire goes wrong as told, for as long as told.

use std::sync::Arc;
use std::time::{Duration, Instant};

use harness::gate::Gate;

use crate::world::{Answer, KEY, World};

const TUESDAY: &str = "2026-02-03";

async fn listed() -> anyhow::Result<Arc<World>> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    world.tiingo.lists("MSFT");
    Ok(Arc::new(world))
}

/// Asks in the background.
fn asks(world: &Arc<World>, ticker: &'static str) -> tokio::task::JoinHandle<anyhow::Result<Answer>> {
    let world = Arc::clone(world);
    tokio::spawn(async move { world.daily(ticker, TUESDAY, TUESDAY).await })
}

async fn status(world: &World) -> anyhow::Result<u16> {
    Ok(world.daily("AAPL", TUESDAY, TUESDAY).await?.status)
}

async fn arrived(gate: &Gate, calls: usize) {
    assert!(gate.arrived(calls).await, "{} of {calls} calls came to the gate", gate.arrivals());
}

#[tokio::test]
async fn only_the_accepted_key_opens() -> anyhow::Result<()> {
    let world = listed().await?;
    let target = format!("/tiingo/daily/AAPL/prices?startDate={TUESDAY}&endDate={TUESDAY}");
    assert_eq!(world.ask_tiingo(&target, None).await?.status, 401);
    assert_eq!(world.ask_tiingo(&format!("{target}&token=another"), None).await?.status, 401);
    assert_eq!(world.ask_tiingo(&format!("{target}&token={KEY}"), None).await?.status, 200);
    assert_eq!(world.ask_tiingo(&target, Some(KEY)).await?.status, 200);
    world.tiingo.accepts_key("rotated");
    assert_eq!(world.ask_tiingo(&target, Some(KEY)).await?.status, 401);
    assert_eq!(world.ask_tiingo(&target, Some("rotated")).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_rate_limit_says_when_to_come_back_if_told() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.rate_limited(Some(30)).for_calls(1);
    let limited = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!((limited.status, limited.headers["retry-after"].to_str()?), (429, "30"));
    world.tiingo.rate_limited(None);
    let limited = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!((limited.status, limited.headers.get("retry-after")), (429, None));
    Ok(())
}

#[tokio::test]
async fn a_lasting_trouble_ends_with_recovery() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.unavailable();
    assert_eq!([status(&world).await?, status(&world).await?], [503, 503]);
    world.tiingo.unauthorized();
    assert_eq!(status(&world).await?, 401);
    world.tiingo.recovers();
    assert_eq!(status(&world).await?, 200);
    Ok(())
}

#[tokio::test]
async fn counted_troubles_come_one_after_the_other_and_first() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.unavailable();
    world.tiingo.answers(500).for_calls(2);
    world.tiingo.answers(404).for_calls(1);
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(status(&world).await?);
    }
    assert_eq!(seen, [500, 500, 404, 503, 503]);
    Ok(())
}

#[tokio::test]
async fn the_journal_names_the_trouble() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.rate_limited(Some(5)).for_calls(1);
    status(&world).await?;
    status(&world).await?;
    let faults: Vec<_> = world.journal.all().into_iter().map(|exchange| exchange.fault).collect();
    assert_eq!(faults, [Some("refuses with 429, Retry-After 5".to_owned()), None]);
    Ok(())
}

#[tokio::test]
async fn a_hanging_call_is_never_answered_and_others_are() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.hangs().for_calls(1);
    let gate = world.tiingo.hold_answers();
    let hanging = asks(&world, "AAPL");
    arrived(&gate, 1).await;
    gate.open();
    assert_eq!(status(&world).await?, 200);
    assert!(!hanging.is_finished());
    assert_eq!(world.tiingo.calls().iter().map(|call| call.status).collect::<Vec<_>>(), [None, Some(200)]);
    hanging.abort();
    Ok(())
}

#[tokio::test]
async fn a_dropped_connection_is_no_answer_and_the_next_call_gets_one() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.drops_connections().for_calls(1);
    assert!(status(&world).await.is_err());
    assert_eq!(status(&world).await?, 200);
    assert_eq!(world.tiingo.calls().iter().map(|call| call.status).collect::<Vec<_>>(), [Some(0), Some(200)]);
    Ok(())
}

#[tokio::test]
async fn a_late_answer_is_late_and_right() -> anyhow::Result<()> {
    let world = listed().await?;
    let delay = Duration::from_millis(40);
    world.tiingo.answers_after(delay).for_calls(1);
    let asked = Instant::now();
    assert_eq!(status(&world).await?, 200);
    assert!(asked.elapsed() >= delay);
    Ok(())
}

#[tokio::test]
async fn a_gate_holds_answers_until_it_lets_them_go() -> anyhow::Result<()> {
    let world = listed().await?;
    let gate = world.tiingo.hold_answers();
    let held = [asks(&world, "AAPL"), asks(&world, "AAPL"), asks(&world, "MSFT")];
    arrived(&gate, 3).await;
    assert!(world.tiingo.calls().iter().all(|call| call.status.is_none()));
    gate.open();
    for answer in held {
        assert_eq!(answer.await??.status, 200);
    }
    assert_eq!(status(&world).await?, 200, "an open gate stays open");
    Ok(())
}

#[tokio::test]
async fn a_gate_for_one_ticker_lets_others_pass() -> anyhow::Result<()> {
    let world = listed().await?;
    let gate = world.tiingo.hold_answers_about("AAPL");
    let held = asks(&world, "AAPL");
    arrived(&gate, 1).await;
    assert_eq!(world.daily("MSFT", TUESDAY, TUESDAY).await?.status, 200);
    assert!(!held.is_finished());
    drop(gate);
    assert_eq!(held.await??.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_held_answer_says_what_was_known_when_it_was_asked_for() -> anyhow::Result<()> {
    let world = listed().await?;
    let gate = world.tiingo.hold_answers();
    let held = asks(&world, "AAPL");
    arrived(&gate, 1).await;
    world.tiingo.lists("AAPL").edit(TUESDAY, |row| row.volume = Some("77".to_owned()));
    gate.open();
    assert_ne!(held.await??.column("volume")?, ["77"]);
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.column("volume")?, ["77"]);
    Ok(())
}

#[tokio::test]
async fn one_providers_trouble_is_not_the_others() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.unavailable();
    assert_eq!(status(&world).await?, 503);
    assert_eq!(world.candle("AAPL", "D", 1_770_076_800, 1_770_076_800).await?.status, 200);
    Ok(())
}
