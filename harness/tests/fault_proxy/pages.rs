//! Pages that end early, as they do after 1 MB, and pages with nothing in them.

use std::time::Duration;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use harness::faults::{EmptyPages, TruncatedPages, on};

use crate::world::{World, days, found};

/// How many items each page of a query holds, and all that is on them.
async fn read_on(query: QueryFluentBuilder) -> anyhow::Result<(Vec<i32>, Vec<(String, String)>)> {
    let (mut sizes, mut all) = (Vec::new(), Vec::new());
    let mut pages = query.into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page?;
        sizes.push(page.count());
        all.extend(found(&page));
    }
    Ok((sizes, all))
}

#[tokio::test]
async fn a_query_is_answered_in_pages_that_lead_to_everything() -> anyhow::Result<()> {
    let world = World::with_days(1..=5).await?;
    let fault = world.proxy.inject(on("Query"), TruncatedPages::of(2));
    let (sizes, all) = read_on(world.query(1, 5)).await?;
    assert_eq!(sizes, [2, 2, 1]);
    assert_eq!(all, days(1..=5));
    assert_eq!(fault.applied(), 3);
    Ok(())
}

#[tokio::test]
async fn the_last_evaluated_key_is_the_tiers_own() -> anyhow::Result<()> {
    let world = World::with_days(1..=5).await?;
    let genuine = world.query(1, 5).limit(2).send().await?;
    world.proxy.inject(on("Query"), TruncatedPages::of(2));
    let truncated = world.query(1, 5).send().await?;
    assert!(truncated.last_evaluated_key().is_some());
    assert_eq!(truncated.last_evaluated_key(), genuine.last_evaluated_key());
    assert_eq!(found(&truncated), found(&genuine));
    Ok(())
}

#[tokio::test]
async fn a_smaller_limit_of_the_callers_own_is_kept() -> anyhow::Result<()> {
    let world = World::with_days(1..=5).await?;
    let fault = world.proxy.inject(on("Query"), TruncatedPages::of(2));
    assert_eq!(found(&world.query(1, 5).limit(1).send().await?), days([1]));
    assert_eq!(fault.applied(), 0);
    assert_eq!(found(&world.query(1, 5).limit(4).send().await?), days([1, 2]));
    assert_eq!(fault.applied(), 1);
    Ok(())
}

#[tokio::test]
async fn empty_pages_lead_to_everything() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    let fault = world.proxy.inject(on("Query"), EmptyPages::first(2));
    let (sizes, all) = read_on(world.query(1, 3)).await?;
    assert_eq!(sizes, [0, 0, 3]);
    assert_eq!(all, days(1..=3));
    assert_eq!(fault.applied(), 2);
    assert_eq!(found(&world.query(1, 3).send().await?), days(1..=3));
    Ok(())
}

#[tokio::test]
async fn an_answer_without_end_goes_on_from_another_key_each_time() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    world.proxy.inject(on("Query"), EmptyPages::without_end(Duration::ZERO));
    let mut start = None;
    for _ in 0..50 {
        let page = world.query(1, 3).set_exclusive_start_key(start.clone()).send().await?;
        assert_eq!(page.count(), 0);
        assert!(page.last_evaluated_key().is_some() && page.last_evaluated_key != start);
        start = page.last_evaluated_key;
    }
    // Others are not met.
    world.put(4, "150.125").send().await?;
    assert_eq!(world.stored().await?, days(1..=4));
    Ok(())
}
