//! DynamoDB's errors, as the SDK understands them.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use harness::faults::{ErrorAnswer, on};
use hyper::StatusCode;
use serde_json::json;

use crate::world::{TABLE, World, checksums, raw};

#[tokio::test]
async fn a_throttled_write_is_refused_and_not_carried_out() -> anyhow::Result<()> {
    let world = World::new().await?;
    let fault = world.proxy.inject(on("PutItem").first(1), ErrorAnswer::throttled());
    let refused = world.put(1, "150.125").send().await;
    let error = refused.err().and_then(|error| error.into_service_error().into());
    assert!(error.is_some_and(|error| error.is_provisioned_throughput_exceeded_exception()));
    assert_eq!(world.stored().await?, []);
    world.put(1, "150.125").send().await?;
    assert_eq!(fault.applied(), 1);
    assert_eq!(world.proxy.faults_applied(), 1);
    Ok(())
}

#[tokio::test]
async fn every_error_arrives_with_its_type_status_and_message() -> anyhow::Result<()> {
    for (fault, status, code) in [
        (ErrorAnswer::throttled(), 400, "ProvisionedThroughputExceededException"),
        (ErrorAnswer::internal(), 500, "InternalServerError"),
        (ErrorAnswer::no_such_table(), 400, "ResourceNotFoundException"),
        (
            ErrorAnswer::of("AccessDeniedException", StatusCode::BAD_REQUEST, "not for you"),
            400,
            "AccessDeniedException",
        ),
    ] {
        let world = World::with_days(1..=3).await?;
        world.proxy.inject(on("Query"), fault);
        let Err(error) = world.query(1, 3).send().await else { anyhow::bail!("{code}: no error") };
        assert_eq!(error.raw_response().map(|raw| raw.status().as_u16()), Some(status), "{code}");
        assert_eq!(error.code(), Some(code));
        assert!(error.message().is_some_and(|message| !message.is_empty()), "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn an_error_has_the_headers_of_dynamodb_and_no_date() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.proxy.inject(on("Scan"), ErrorAnswer::internal());
    let answer = raw(world.proxy.url(), "Scan", &json!({"TableName": TABLE})).await?;
    let (claimed, actual) = checksums(&answer);
    assert_eq!(claimed, actual);
    let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("content-type"), Some("application/x-amz-json-1.0"));
    assert!(header("x-amzn-requestid").is_some());
    assert_eq!(header("date"), None);
    Ok(())
}
