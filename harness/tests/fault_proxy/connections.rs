//! Broken and slow connections.

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::error::SdkError;
use harness::faults::{DropConnection, Latency, LostReply, on};

use crate::world::{World, days};

#[tokio::test]
async fn a_dropped_connection_gives_no_answer_and_carries_nothing_out() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.proxy.inject(on("PutItem").first(1), DropConnection);
    let broken = world.put(1, "150.125").send().await;
    assert!(matches!(broken, Err(SdkError::DispatchFailure(_))), "{broken:?}");
    assert_eq!(world.stored().await?, []);
    // The next call finds a way again.
    world.put(2, "150.125").send().await?;
    assert_eq!(world.stored().await?, days([2]));
    Ok(())
}

#[tokio::test]
async fn a_lost_reply_gives_no_answer_though_the_write_was_carried_out() -> anyhow::Result<()> {
    let world = World::new().await?;
    let fault = world.proxy.inject(on("PutItem"), LostReply);
    let broken = world.put(1, "150.125").send().await;
    assert!(matches!(broken, Err(SdkError::DispatchFailure(_))), "{broken:?}");
    assert_eq!(world.stored().await?, days([1]));
    assert_eq!(fault.applied(), 1);
    Ok(())
}

#[tokio::test]
async fn latency_delays_the_answer_and_changes_nothing_else() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    let pause = Duration::from_millis(30);
    world.proxy.inject(on("Query"), Latency::of(pause));
    let asked = Instant::now();
    let answer = world.query(1, 3).send().await?;
    assert!(asked.elapsed() >= pause);
    assert_eq!(answer.count(), 3);
    Ok(())
}

#[tokio::test]
async fn connections_are_counted_not_calls() -> anyhow::Result<()> {
    let world = World::new().await?;
    assert_eq!(world.proxy.connections(), 0);
    for day in 1..=3 {
        world.put(day, "150.125").send().await?;
    }
    assert_eq!(world.proxy.connections(), 1);
    world.proxy.inject(on("PutItem").first(1), DropConnection);
    assert!(world.put(4, "150.125").send().await.is_err());
    world.put(5, "150.125").send().await?;
    assert_eq!(world.proxy.connections(), 2);
    Ok(())
}

#[tokio::test]
async fn kept_connections_are_closed_and_the_next_call_opens_one() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.put(1, "150.125").send().await?;
    world.proxy.closes_kept_connections();
    // Who learns of it first is a matter of luck: the client, or its call.
    if world.put(2, "150.125").send().await.is_err() {
        world.put(2, "150.125").send().await?;
    }
    assert_eq!(world.proxy.connections(), 2);
    assert_eq!(world.stored().await?, days([1, 2]));
    Ok(())
}
