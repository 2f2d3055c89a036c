//! Batches of which DynamoDB hands a part back.

use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemOutput;
use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use harness::dynamodb::Item;
use harness::faults::{PartialBatch, on};
use serde_json::json;

use crate::world::{AAPL, TABLE, World, checksums, days, described, put_request, raw, sk};

async fn write_25(world: &World) -> anyhow::Result<BatchWriteItemOutput> {
    let writes = (1..=25).map(put_request).collect::<anyhow::Result<_>>()?;
    Ok(world.server.batch_write_item().request_items(TABLE, writes).send().await?)
}

fn handed_back(answer: &BatchWriteItemOutput) -> Vec<(String, String)> {
    let writes = answer.unprocessed_items().and_then(|tables| tables.get(TABLE));
    let puts = writes.into_iter().flatten().filter_map(WriteRequest::put_request);
    described(puts.map(|put| Item::from(put.item().clone())))
}

#[tokio::test]
async fn what_is_not_kept_is_handed_back_and_not_written() -> anyhow::Result<()> {
    for keep in [0, 1, 10, 24] {
        let world = World::new().await?;
        let fault = world.proxy.inject(on("BatchWriteItem"), PartialBatch::keeping(keep as usize));
        let answer = write_25(&world).await?;
        assert_eq!(handed_back(&answer), days(keep + 1..=25), "keeping {keep}");
        assert_eq!(world.stored().await?, days(1..=keep), "keeping {keep}");
        assert_eq!(fault.applied(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_batch_that_is_small_enough_is_left_alone() -> anyhow::Result<()> {
    let world = World::new().await?;
    let fault = world.proxy.inject(on("BatchWriteItem"), PartialBatch::keeping(25));
    assert_eq!(handed_back(&write_25(&world).await?), []);
    assert_eq!(world.stored().await?, days(1..=25));
    assert_eq!(fault.applied(), 0);
    Ok(())
}

#[tokio::test]
async fn deletes_are_handed_back_like_puts() -> anyhow::Result<()> {
    let world = World::with_days(1..=2).await?;
    world.proxy.inject(on("BatchWriteItem"), PartialBatch::keeping(1));
    let deletes = [1, 2].map(|day| {
        let delete = DeleteRequest::builder().set_key(Some(Item::keyed(AAPL, sk(day)).into())).build()?;
        anyhow::Ok(WriteRequest::builder().delete_request(delete).build())
    });
    let deletes = deletes.into_iter().collect::<anyhow::Result<_>>()?;
    world.server.batch_write_item().request_items(TABLE, deletes).send().await?;
    assert_eq!(world.stored().await?, days([2]));
    Ok(())
}

#[tokio::test]
async fn the_checksum_is_that_of_the_changed_body() -> anyhow::Result<()> {
    for keep in [0, 1] {
        let world = World::new().await?;
        world.proxy.inject(on("BatchWriteItem"), PartialBatch::keeping(keep));
        let put = |day| json!({"PutRequest": {"Item": {"PK": {"S": AAPL}, "SK": {"S": sk(day)}}}});
        let body = json!({"RequestItems": {TABLE: [put(1), put(2)]}});
        let answer = raw(world.proxy.url(), "BatchWriteItem", &body).await?;
        let (claimed, actual) = checksums(&answer);
        assert_eq!(claimed, actual, "keeping {keep}");
        assert_eq!(world.stored().await?.len(), keep);
    }
    Ok(())
}
