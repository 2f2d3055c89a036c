//! Reads that see the past.

use aws_sdk_dynamodb::types::AttributeValue;
use harness::dynamodb::Item;
use harness::faults::{TruncatedPages, everything, on};

use crate::world::{AAPL, TABLE, World, days, found, sk};

/// Days 1 to 3 before the lag; then 1 is overwritten, 2 deleted, and 4 new.
async fn changed_behind_the_replica() -> anyhow::Result<(World, harness::faults::LaggingReplica)> {
    let world = World::with_days(1..=3).await?;
    let replica = world.proxy.lag(everything(), &world.table).await?;
    world.put(1, "99").send().await?;
    let two = Item::keyed(AAPL, sk(2));
    world.server.delete_item().table_name(TABLE).set_key(Some(two.into())).send().await?;
    world.put(4, "150.125").send().await?;
    Ok((world, replica))
}

fn present() -> Vec<(String, String)> {
    [(1, "99"), (3, "150.125"), (4, "150.125")].map(|(day, open)| (sk(day), open.into())).into()
}

#[tokio::test]
async fn an_eventually_consistent_query_sees_the_past() -> anyhow::Result<()> {
    let (world, replica) = changed_behind_the_replica().await?;
    assert_eq!(found(&world.query(1, 9).send().await?), days(1..=3));
    assert_eq!(found(&world.query(1, 9).consistent_read(false).send().await?), days(1..=3));
    assert_eq!(replica.applied(), 2);
    Ok(())
}

#[tokio::test]
async fn a_consistent_read_sees_the_present() -> anyhow::Result<()> {
    let (world, replica) = changed_behind_the_replica().await?;
    assert_eq!(found(&world.query(1, 9).consistent_read(true).send().await?), present());
    assert_eq!(replica.applied(), 0);
    Ok(())
}

#[tokio::test]
async fn every_read_sees_the_present_once_the_replica_has_caught_up() -> anyhow::Result<()> {
    let (world, replica) = changed_behind_the_replica().await?;
    replica.catch_up();
    assert_eq!(found(&world.query(1, 9).send().await?), present());
    Ok(())
}

#[tokio::test]
async fn the_past_is_asked_with_everything_that_a_query_can_ask() -> anyhow::Result<()> {
    let (world, _replica) = changed_behind_the_replica().await?;
    let projected = world.query(1, 9).projection_expression("#o").expression_attribute_names("#o", "open");
    let filtered = projected
        .filter_expression("#o = :old")
        .expression_attribute_values(":old", AttributeValue::N("150.125".into()));
    let page = filtered.scan_index_forward(false).limit(2).send().await?;
    let items: Vec<Item> = page.items().iter().cloned().map(Item::from).collect();
    assert_eq!(items, [Item::default().with_n("open", "150.125"), Item::default().with_n("open", "150.125")]);
    let last = page.last_evaluated_key().cloned().map(Item::from);
    assert_eq!(last, Some(Item::keyed(AAPL, sk(2))));
    Ok(())
}

#[tokio::test]
async fn get_item_and_scan_see_the_past_too() -> anyhow::Result<()> {
    let (world, _replica) = changed_behind_the_replica().await?;
    let one = Item::keyed(AAPL, sk(1));
    let get = world.server.get_item().table_name(TABLE).set_key(Some(one.into()));
    let weak = get.clone().send().await?.item.map(Item::from);
    assert_eq!(weak.as_ref().and_then(|item| item.n("open")), Some("150.125"));
    let strong = get.consistent_read(true).send().await?.item.map(Item::from);
    assert_eq!(strong.as_ref().and_then(|item| item.n("open")), Some("99"));
    assert_eq!(world.server.scan().table_name(TABLE).send().await?.count(), 3);
    Ok(())
}

#[tokio::test]
async fn only_the_matching_reads_lag_and_other_faults_still_meet_them() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    world.proxy.inject(on("Query"), TruncatedPages::of(1));
    world.proxy.lag(on("Query").first(1), &world.table).await?;
    world.put(1, "99").send().await?;
    assert_eq!(found(&world.query(1, 9).send().await?), days([1]));
    assert_eq!(found(&world.query(1, 9).send().await?), [(sk(1), "99".to_owned())]);
    Ok(())
}
