//! Every report tells what it ran on: the tier, its version, its image, what its start cost.

use std::time::Duration;

use harness::dynamodb::TierFacts;
use harness::report::{html, json, junit, terminal};

use super::{Report, failing, report};

#[test]
fn every_report_tells_tier_version_image_and_start() {
    let tier = TierFacts {
        name: "container (DynamoDB Local 3.3.0)".into(),
        image: Some("amazon/dynamodb-local@sha256:d16e57".into()),
        start_up: Duration::from_micros(2_145_600),
    };
    let report = Report { tier, ..report(vec![failing()]) };
    for text in [terminal::render(&report), junit::render(&report).unwrap(), html::render(&report)] {
        for words in ["container (DynamoDB Local 3.3.0)", "amazon/dynamodb-local@sha256:d16e57", "2.1 s", "7"] {
            assert!(text.contains(words), "no {words:?} in {text}");
        }
    }
    let told: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
    assert_eq!(told["tier"], "container (DynamoDB Local 3.3.0)");
    assert_eq!(told["tier_image"], "amazon/dynamodb-local@sha256:d16e57");
    assert_eq!((&told["tier_start_up_us"], &told["seed"]), (&2_145_600.into(), &7.into()));
}
