//! What the journal tells about the wire.

use aws_sdk_dynamodb::types::{AttributeValue, Delete, KeysAndAttributes, Put, TransactWriteItem};
use harness::dynamodb::Item;
use harness::faults::{DropConnection, ErrorAnswer, Latency, on};
use serde_json::{Value, json};

use crate::world::{AAPL, TABLE, World, candle, put_request, sk};

#[tokio::test]
async fn every_call_is_told_in_a_few_words() -> anyhow::Result<()> {
    let world = World::new().await?;
    let key = || Some(Item::keyed(AAPL, sk(1)).into());
    world.put(1, "150.125").send().await?;
    world.query(5, 23).send().await?;
    world.server.get_item().table_name(TABLE).set_key(key()).send().await?;
    let update = world.server.update_item().table_name(TABLE).set_key(key());
    let update = update.update_expression("SET volume = :v");
    update.expression_attribute_values(":v", AttributeValue::N("1".into())).send().await?;
    world.server.delete_item().table_name(TABLE).set_key(key()).send().await?;
    let puts = (1..=25).map(put_request).collect::<anyhow::Result<_>>()?;
    world.server.batch_write_item().request_items(TABLE, puts).send().await?;
    let keys = KeysAndAttributes::builder();
    let keys = keys.keys(Item::keyed(AAPL, sk(1)).into()).keys(Item::keyed(AAPL, sk(2)).into()).build()?;
    world.server.batch_get_item().request_items(TABLE, keys).send().await?;
    let put = Put::builder().table_name(TABLE).set_item(Some(candle(1, "1").into())).build()?;
    let delete = Delete::builder().table_name(TABLE).set_key(Some(Item::keyed(AAPL, sk(2)).into())).build()?;
    let transaction = world.server.transact_write_items();
    let transaction = transaction.transact_items(TransactWriteItem::builder().put(put).build());
    transaction.transact_items(TransactWriteItem::builder().delete(delete).build()).send().await?;
    world.server.scan().table_name(TABLE).send().await?;
    world.server.describe_table().table_name(TABLE).send().await?;

    let told: Vec<String> = world.calls().iter().map(|call| format!("{} {}", call.operation, call.subject)).collect();
    assert_eq!(
        told,
        [
            "PutItem lab-table AAPL#tiingo D#2026-01-01",
            "Query lab-table AAPL#tiingo D#2026-01-05..D#2026-01-23",
            "GetItem lab-table AAPL#tiingo D#2026-01-01",
            "UpdateItem lab-table AAPL#tiingo D#2026-01-01",
            "DeleteItem lab-table AAPL#tiingo D#2026-01-01",
            "BatchWriteItem lab-table 25 puts",
            "BatchGetItem lab-table 2 gets",
            "TransactWriteItems lab-table 1 put, 1 delete",
            "Scan lab-table",
            "DescribeTable lab-table",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn request_and_answer_are_kept_as_the_caller_knows_them() -> anyhow::Result<()> {
    let world = World::with_days(1..=1).await?;
    world.query(1, 1).send().await?;
    let calls = world.calls();
    let [query] = calls.as_slice() else { anyhow::bail!("{} calls", calls.len()) };
    assert_eq!(query.request["TableName"], TABLE);
    assert_eq!(query.fault, None);
    let Some(answer) = &query.answer else { anyhow::bail!("no answer") };
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["Items"][0]["open"], json!({"N": "150.125"}));
    Ok(())
}

#[tokio::test]
async fn faults_are_told_beside_the_calls_they_met() -> anyhow::Result<()> {
    let world = World::new().await?;
    let pause = std::time::Duration::from_millis(1);
    world.proxy.inject(on("PutItem").nth(2), Latency::of(pause));
    world.proxy.inject(on("PutItem").nth(2), ErrorAnswer::throttled());
    world.proxy.inject(on("PutItem").nth(3), DropConnection);
    for day in 1..=3 {
        let _ = world.put(day, "1").send().await;
    }
    let told: Vec<_> = world
        .calls()
        .into_iter()
        .map(|call| (call.fault, call.answer.map(|answer| (answer.status, answer.body["__type"].clone()))))
        .collect();
    let throttled = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
    assert_eq!(
        told,
        [
            (None, Some((200, Value::Null))),
            (Some("1ms late, ProvisionedThroughputExceededException (400)".into()), Some((400, throttled.into()))),
            (Some("connection dropped".into()), Some((0, Value::Null))),
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_held_call_has_no_answer_yet() -> anyhow::Result<()> {
    let world = World::new().await?;
    let gate = world.proxy.hold(on("PutItem"));
    let write = tokio::spawn(world.put(1, "1").send());
    assert!(gate.arrived(1).await);
    let held = world.calls();
    assert_eq!(held.len(), 1);
    assert!(held[0].answer.is_none());
    assert_eq!(held[0].fault.as_deref(), Some("held"));
    gate.open();
    write.await??;
    assert!(world.calls()[0].answer.is_some());
    Ok(())
}

#[tokio::test]
async fn a_tier_that_is_gone_is_not_told_as_a_fault() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tier.stop().await?;
    assert!(world.server.scan().table_name(TABLE).send().await.is_err());
    let calls = world.journal.all();
    assert!(calls[0].fault.as_ref().is_some_and(|words| words.starts_with("not a fault: the tier failed")));
    assert_eq!(world.proxy.faults_applied(), 0);
    Ok(())
}
