//! Which calls a fault meets.

use harness::faults::{DropConnection, ErrorAnswer, Matching, Noop, everything, on};

use crate::world::{World, candle};

/// Which of some calls, counted from 1, fail under a fault for these.
async fn failing(seed: u64, matching: Matching, calls: u32) -> anyhow::Result<Vec<u32>> {
    let world = World::seeded(seed).await?;
    world.proxy.inject(matching, ErrorAnswer::throttled());
    let mut failing = Vec::new();
    for call in 1..=calls {
        if world.put(call, "1").send().await.is_err() {
            failing.push(call);
        }
    }
    Ok(failing)
}

#[tokio::test]
async fn turns_are_counted_from_one() -> anyhow::Result<()> {
    assert_eq!(failing(1, on("PutItem"), 4).await?, [1, 2, 3, 4]);
    assert_eq!(failing(1, on("PutItem").first(2), 4).await?, [1, 2]);
    assert_eq!(failing(1, on("PutItem").nth(3), 4).await?, [3]);
    assert_eq!(failing(1, on("PutItem").from_nth(3), 4).await?, [3, 4]);
    Ok(())
}

#[tokio::test]
async fn only_calls_of_the_operation_table_and_key_are_met() -> anyhow::Result<()> {
    for met in [
        everything(),
        everything().or("PutItem"),
        on("Query").or("PutItem"),
        on("PutItem").table("lab-table"),
        on("PutItem").pk("AAPL#tiingo").sk("D#2026-01-02"),
        on("PutItem").pk_prefix("AAPL#").sk_prefix("D#"),
    ] {
        assert!(failing(1, met.clone(), 2).await?.contains(&2), "{met:?}");
    }
    for not_met in [
        on("Query"),
        on("PutItem").table("other-table"),
        on("PutItem").pk("AAPL"),
        on("PutItem").pk_prefix("LOCK#"),
        on("PutItem").sk("LOCK"),
        on("PutItem").pk("AAPL#tiingo").sk_prefix("60#"),
    ] {
        assert!(failing(1, not_met.clone(), 2).await?.is_empty(), "{not_met:?}");
    }
    Ok(())
}

#[tokio::test]
async fn turns_are_counted_among_the_calls_that_match() -> anyhow::Result<()> {
    assert_eq!(failing(1, on("PutItem").sk("D#2026-01-03").first(1), 4).await?, [3]);
    Ok(())
}

#[tokio::test]
async fn a_query_is_met_when_its_range_reaches_the_key() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.proxy.inject(on("Query").pk("AAPL#tiingo").sk("D#2026-01-05"), DropConnection);
    assert!(world.query(1, 4).send().await.is_ok());
    assert!(world.query(1, 5).send().await.is_err());
    Ok(())
}

#[tokio::test]
async fn chance_is_the_same_for_the_same_seed() -> anyhow::Result<()> {
    let sometimes = || on("PutItem").sometimes(0.5);
    let failed = failing(7, sometimes(), 31).await?;
    assert!((1..31).contains(&failed.len()), "{failed:?}");
    assert_eq!(failing(7, sometimes(), 31).await?, failed);
    assert_ne!(failing(8, sometimes(), 31).await?, failed);
    Ok(())
}

#[tokio::test]
async fn two_chances_do_not_go_hand_in_hand() -> anyhow::Result<()> {
    let world = World::new().await?;
    let [one, other] = [(); 2].map(|()| world.proxy.inject(on("PutItem").sometimes(0.5), Noop));
    for day in 1..=31 {
        world.put(day, "1").send().await?;
    }
    let met_by_any = world.calls().iter().filter(|call| call.fault.is_some()).count();
    assert!(met_by_any > one.applied().max(other.applied()));
    Ok(())
}

#[tokio::test]
async fn a_fault_that_was_ended_meets_no_more_calls() -> anyhow::Result<()> {
    let world = World::new().await?;
    let fault = world.proxy.inject(everything(), DropConnection);
    assert!(world.query(1, 5).send().await.is_err());
    fault.end();
    assert!(world.query(1, 5).send().await.is_ok());
    assert_eq!(world.proxy.faults_applied(), 1);
    Ok(())
}

#[tokio::test]
async fn the_harness_itself_meets_no_fault() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.proxy.inject(everything(), DropConnection);
    world.table.put(candle(1, "1")).await?;
    assert_eq!(world.table.items().await?.len(), 1);
    Ok(())
}

#[test]
#[should_panic(expected = "\"BatchWritItem\" is not one of")]
fn an_operation_that_does_not_exist_is_refused() {
    on("BatchWritItem");
}
