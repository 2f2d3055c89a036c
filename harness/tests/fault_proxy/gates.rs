//! Calls and answers that wait until a scenario lets them go.

use harness::faults::on;

use crate::world::{World, days};

#[tokio::test]
async fn a_held_write_is_not_carried_out_until_it_is_let_go() -> anyhow::Result<()> {
    let world = World::new().await?;
    let gate = world.proxy.hold(on("PutItem").sk("D#2026-01-01"));
    let write = tokio::spawn(world.put(1, "150.125").send());
    assert!(gate.arrived(1).await);
    // Others are not held.
    world.put(2, "150.125").send().await?;
    assert_eq!(world.stored().await?, days([2]));
    assert!(!write.is_finished());
    gate.release(1);
    write.await??;
    assert_eq!(world.stored().await?, days([1, 2]));
    Ok(())
}

#[tokio::test]
async fn a_held_reply_belongs_to_a_write_that_was_carried_out() -> anyhow::Result<()> {
    let world = World::new().await?;
    let gate = world.proxy.hold_reply(on("PutItem"));
    let write = tokio::spawn(world.put(1, "150.125").send());
    assert!(gate.arrived(1).await);
    assert_eq!(world.stored().await?, days([1]));
    assert!(!write.is_finished());
    gate.release(1);
    write.await??;
    Ok(())
}

#[tokio::test]
async fn a_held_write_is_carried_out_though_its_caller_has_given_up() -> anyhow::Result<()> {
    let world = World::new().await?;
    let carried_out = world.proxy.hold_reply(on("PutItem"));
    let gate = world.proxy.hold(on("PutItem"));
    let write = tokio::spawn(world.put(1, "150.125").send());
    assert!(gate.arrived(1).await);
    write.abort();
    assert!(write.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(world.stored().await?, []);
    gate.open();
    assert!(carried_out.arrived(1).await);
    assert_eq!(world.stored().await?, days([1]));
    Ok(())
}
