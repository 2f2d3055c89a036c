//! Each kind of difference is seen, and where; a side that does not answer is told from one that answers otherwise.

use harness::faults::{BadBody, DropConnection, ErrorAnswer, Fault, Matching, TruncatedPages, everything, on};
use harness::fidelity::{Accepted, Kind, Outcome};
use serde_json::{Value, json};

use crate::world::{Changed, World};

/// What the operation comes to when this fault meets these calls on the right side: each place with its kind.
async fn found(operation: &str, matching: Matching, fault: impl Fault) -> Vec<(String, Kind)> {
    let world = World::with(matching, fault).await;
    let findings = world.find(&[operation], &Accepted::default()).await;
    world.end().await;
    match &findings[0].outcome {
        Outcome::Differ(differences) => differences.iter().map(|found| (found.at.clone(), found.kind)).collect(),
        other => panic!("{operation}: {other:?}"),
    }
}

fn at(places: &[(&str, Kind)]) -> Vec<(String, Kind)> {
    places.iter().map(|(place, kind)| ((*place).to_owned(), *kind)).collect()
}

#[tokio::test]
async fn a_value_that_differs_is_seen() {
    let change = Changed(|body| body["Items"][1]["volume"]["N"] = "50000001".into());
    let expected = at(&[("4. Query: Items[1].volume.N", Kind::Value)]);
    assert_eq!(found("query-partition", on("Query"), change).await, expected);
}

#[tokio::test]
async fn a_number_in_other_letters_differs_only_where_letters_are_compared() {
    let letters = || Changed(|body| body["Items"][0]["open"]["N"] = "150.1250".into());
    let expected = at(&[("2. Query: Items[0].open.N", Kind::Value)]);
    assert_eq!(found("batch-of-prices", on("Query"), letters()).await, expected);
    let world = World::with(on("Query"), letters()).await;
    let findings = world.find(&["query-partition"], &Accepted::default()).await;
    assert_eq!(findings[0].outcome, Outcome::Agree);
    world.end().await;
}

#[tokio::test]
async fn an_order_that_is_promised_is_compared_and_one_that_is_not_is_not() {
    let turned = || Changed(|body| body["Items"].as_array_mut().unwrap().reverse());
    assert!(found("query-partition", on("Query"), turned()).await.iter().any(|(place, _)| place.contains("Items[0]")));
    let world = World::with(on("Scan"), turned()).await;
    let findings = world.find(&["scan-whole"], &Accepted::default()).await;
    assert_eq!(findings[0].outcome, Outcome::Agree);
    world.end().await;
}

#[tokio::test]
async fn a_field_that_is_missing_and_one_of_another_type_are_seen() {
    let gone = Changed(|body| drop(body.as_object_mut().unwrap().remove("ScannedCount")));
    assert_eq!(found("query-empty", on("Query"), gone).await, at(&[("1. Query: ScannedCount", Kind::Shape)]));
    let typed = Changed(|body| body["Count"] = Value::from("0"));
    assert_eq!(found("query-empty", on("Query"), typed).await, at(&[("1. Query: Count", Kind::Shape)]));
}

#[tokio::test]
async fn fields_are_compared_also_where_values_are_not() {
    let gone = Changed(|body| drop(body.as_object_mut().unwrap().remove("Item")));
    assert_eq!(found("get-eventually", on("GetItem"), gone).await, at(&[("2. GetItem: Item", Kind::Shape)]));
}

#[tokio::test]
async fn another_type_of_error_is_seen_and_another_wording_is_not() {
    let other = Changed(|body| {
        if body["__type"].is_string() {
            body["__type"] = json!("com.amazonaws.dynamodb.v20120810#LimitExceededException");
        }
    });
    let expected = at(&[("2. PutItem: __type", Kind::ErrorType)]);
    assert_eq!(found("put-if-absent-lost", on("PutItem"), other).await, expected);
    let worded = Changed(|body| {
        if body["__type"].is_string() {
            body["message"] = json!("in other words");
        }
    });
    let world = World::with(on("PutItem"), worded).await;
    let findings = world.find(&["put-if-absent-lost"], &Accepted::default()).await;
    assert_eq!(findings[0].outcome, Outcome::Agree);
    world.end().await;
}

#[tokio::test]
async fn a_refusal_of_what_the_other_side_does_is_seen_by_its_status() {
    let found = found("query-empty", on("Query"), ErrorAnswer::throttled()).await;
    assert!(found.contains(&("1. Query: status".to_owned(), Kind::Status)), "{found:?}");
    assert!(found.contains(&("1. Query: __type".to_owned(), Kind::ErrorType)), "{found:?}");
}

#[tokio::test]
async fn a_refusal_of_the_starting_point_by_one_side_is_a_difference() {
    let found = found("query-partition", on("PutItem"), ErrorAnswer::throttled()).await;
    assert!(found.contains(&("1. PutItem: status".to_owned(), Kind::Status)), "{found:?}");
    assert!(found.iter().all(|(place, _)| place.starts_with("1. ")), "it went on: {found:?}");
}

#[tokio::test]
async fn pages_that_end_elsewhere_are_seen() {
    let found = found("pages-to-the-end", on("Query"), TruncatedPages::of(1)).await;
    assert!(found.contains(&("6. Query, page 1: Count".to_owned(), Kind::Value)), "{found:?}");
}

#[tokio::test]
async fn a_checksum_that_is_wrong_is_seen_where_headers_are_compared() {
    let found = found("headers-of-success", on("GetItem"), BadBody::wrong_checksum()).await;
    assert_eq!(found, at(&[("2. GetItem: x-amz-crc32", Kind::Value)]));
}

#[tokio::test]
async fn a_side_that_is_down_leaves_everything_open() {
    let world = World::with(everything(), DropConnection).await;
    let findings = world.find(&["put-new", "query-empty"], &Accepted::default()).await;
    for finding in &findings {
        let Outcome::Unanswered(reason) = &finding.outcome else { panic!("{:?}", finding.outcome) };
        assert!(reason.starts_with("other did not answer"), "{reason}");
    }
    world.end().await;
}

#[tokio::test]
async fn a_starting_point_that_both_refuse_shows_nothing() {
    let world = World::named("one", "other").await;
    let (left, right) = (&world.left, &world.right);
    left.clean_up().await.unwrap();
    right.clean_up().await.unwrap();
    let findings = world.find(&["query-partition"], &Accepted::default()).await;
    let Outcome::Unfounded(reason) = &findings[0].outcome else { panic!("{:?}", findings[0].outcome) };
    assert!(reason.contains("ResourceNotFoundException"), "{reason}");
    world.end().await;
}
