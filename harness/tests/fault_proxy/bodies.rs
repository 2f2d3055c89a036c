//! Answers that arrive damaged.

use bytes::Bytes;
use harness::faults::{BadBody, on};
use hyper::Response;
use serde_json::json;

use crate::world::{TABLE, World, checksums, raw};

async fn scan(world: &World) -> anyhow::Result<Response<Bytes>> {
    // One attribute alone: dynoxide gives several in any order.
    raw(world.proxy.url(), "Scan", &json!({"TableName": TABLE, "ProjectionExpression": "SK"})).await
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_an_error_to_the_sdk() -> anyhow::Result<()> {
    for damage in [BadBody::cut_short(), BadBody::replaced_by("<html>Bad gateway</html>")] {
        let world = World::with_days(1..=3).await?;
        let words = format!("{damage:?}");
        let fault = world.proxy.inject(on("Query").first(1), damage);
        let Err(broken) = world.query(1, 3).send().await else { anyhow::bail!("{words}: no error") };
        assert_eq!(broken.raw_response().map(|raw| raw.status().as_u16()), Some(200), "{words}");
        assert_eq!(world.query(1, 3).send().await?.count(), 3, "{words}");
        assert_eq!(fault.applied(), 1, "{words}");
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_answer_is_an_answer_without_items_to_the_sdk() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    world.proxy.inject(on("Query"), BadBody::empty());
    let answer = world.query(1, 3).send().await?;
    assert_eq!((answer.count(), answer.items()), (0, [].as_slice()));
    Ok(())
}

#[tokio::test]
async fn a_damaged_body_has_the_checksum_and_the_length_of_what_is_sent() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    let genuine = scan(&world).await?;
    let half = genuine.body().slice(..genuine.body().len() / 2);
    for (damage, body) in [
        (BadBody::empty(), Bytes::new()),
        (BadBody::cut_short(), half),
        (BadBody::replaced_by("{}"), Bytes::from("{}")),
    ] {
        let words = format!("{damage:?}");
        let fault = world.proxy.inject(on("Scan"), damage);
        let answer = scan(&world).await?;
        fault.end();
        assert_eq!(answer.status(), 200, "{words}");
        assert_eq!(answer.body(), &body, "{words}");
        let (claimed, actual) = checksums(&answer);
        assert_eq!(claimed, actual, "{words}");
        let length = answer.headers().get("content-length").and_then(|value| value.to_str().ok());
        assert_eq!(length, Some(body.len().to_string().as_str()), "{words}");
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_checksum_comes_with_the_genuine_body() -> anyhow::Result<()> {
    let world = World::with_days(1..=3).await?;
    let genuine = scan(&world).await?;
    assert_eq!(checksums(&genuine).0, checksums(&genuine).1);
    world.proxy.inject(on("Scan"), BadBody::wrong_checksum());
    let answer = scan(&world).await?;
    assert_eq!(answer.body(), genuine.body());
    let (claimed, actual) = checksums(&answer);
    assert!(claimed.is_some());
    assert_ne!(claimed, actual);
    Ok(())
}
