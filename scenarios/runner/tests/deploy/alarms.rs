//! The alarms: declared once, watched by Terraform as the harness judges them, over metrics that are really there.

use chrono::{DateTime, TimeDelta, Utc};
use harness::observe::alarms::Alarms;
use harness::observe::datapoints::Datapoint;
use serde_json::{Value, json};

use crate::terraform::{Block, declared};
use crate::wire::seen;

/// The decisions: metric, what a period's sum must pass, the period in seconds, and who is told.
const DECIDED: [(&str, u32, u32, &str); 5] = [
    ("CacheError", 10, 60, "chat"),
    ("CircuitBreakerOpen", 0, 60, "pager"),
    ("CachePaginationTruncation", 0, 60, "pager"),
    ("UnprocessedWriteItems", 100, 300, "chat"),
    ("TiingoDuplicateTimestamp", 0, 300, "chat"),
];

/// The declaration, as Terraform reads it.
fn declaration() -> Value {
    declared().block("locals", &[]).value("alarms")
}

fn alarms() -> Alarms {
    Alarms::read(&declaration().to_string()).unwrap()
}

/// The resource of each alarm, with everything that it may name.
fn resources() -> Vec<Block> {
    let everything = declared().with("local", json!({"alarms": declaration()}));
    let resource = everything.block("resource", &["aws_cloudwatch_metric_alarm", "alarm"]);
    let of_each = resource.value("for_each");
    let topics = everything.block("resource", &["aws_sns_topic", "notices"]).value("for_each");
    let topics: serde_json::Map<String, Value> = topics
        .as_array()
        .unwrap()
        .iter()
        .map(|name| (name.as_str().unwrap().to_owned(), json!({"arn": name})))
        .collect();
    let topics = json!({"notices": topics});
    let each = of_each.as_object().unwrap().iter();
    each.map(|(key, value)| {
        resource.with("aws_sns_topic", topics.clone()).with("each", json!({"key": key, "value": value}))
    })
    .collect()
}

#[test]
fn what_was_decided_is_declared() {
    let alarms = alarms();
    assert_eq!(alarms.silence_seconds, 3_600);
    let declared: Vec<_> = alarms
        .alarms
        .iter()
        .map(|alarm| (alarm.metric.as_str(), alarm.threshold, alarm.period_seconds, alarm.notify.as_str()))
        .collect();
    assert_eq!(declared, DECIDED);
    assert!(alarms.alarms.iter().all(|alarm| alarm.action.len() > 40), "somebody is woken and not told what to do");
}

#[test]
fn terraform_watches_what_is_declared() {
    let (alarms, resources) = (alarms(), resources());
    assert_eq!(resources.len(), alarms.alarms.len());
    for resource in resources {
        let name = resource.value("alarm_name");
        let alarm = alarms.alarms.iter().find(|alarm| name == format!("prod-ohlc-cache-{}", alarm.name));
        let alarm = alarm.unwrap_or_else(|| panic!("{name} is not declared"));
        let of_declaration = [
            ("namespace", json!(alarms.namespace)),
            ("metric_name", json!(alarm.metric)),
            ("dimensions", json!(alarm.dimensions)),
            ("statistic", json!(format!("{:?}", alarm.statistic))),
            ("period", json!(alarm.period_seconds)),
            ("comparison_operator", json!(format!("{:?}", alarm.comparison))),
            ("threshold", json!(alarm.threshold)),
            ("alarm_description", json!(alarm.action)),
            ("alarm_actions", json!([alarm.notify])),
            ("treat_missing_data", json!("notBreaching")),
        ];
        for (attribute, value) in of_declaration {
            assert_eq!(resource.value(attribute), value, "{attribute} of {name}");
        }
    }
}

/// The harness judges an alarm to be over exactly when CloudWatch, with this many periods, does.
#[test]
fn terraform_is_silent_for_as_long_as_the_harness_says() {
    let alarms = alarms();
    for resource in resources() {
        let metric = resource.value("metric_name");
        let metric = metric.as_str().unwrap();
        let number = |name: &str| resource.value(name).as_i64().unwrap();
        assert_eq!(number("datapoints_to_alarm"), 1);
        let quiet = TimeDelta::seconds(number("period") * number("evaluation_periods"));
        assert!(quiet <= TimeDelta::days(1), "CloudWatch looks back no further than a day");

        let bad: DateTime<Utc> = "2026-02-03T15:00:00Z".parse().unwrap();
        let directive = json!({"Namespace": alarms.namespace, "Dimensions": [[]], "Metrics": [{"Name": metric}]});
        let aws = json!({"Timestamp": bad.timestamp_millis(), "CloudWatchMetrics": [directive]});
        let line = json!({"_aws": aws, metric: 1_000});
        let raised = |now| alarms.history(metric, std::slice::from_ref(&line), now).unwrap().raised;
        assert!(raised(bad + quiet - TimeDelta::seconds(1)), "{metric}");
        assert!(!raised(bad + quiet), "{metric}");
    }
}

#[tokio::test]
async fn every_alarm_watches_a_metric_that_the_server_really_emits() -> anyhow::Result<()> {
    let alarms = alarms();
    let datapoints = Datapoint::read(&seen().await?.lines);
    for alarm in &alarms.alarms {
        let watched = datapoints.iter().any(|point| {
            point.namespace == alarms.namespace && point.metric == alarm.metric && point.dimensions == alarm.dimensions
        });
        assert!(watched, "nothing is emitted for {alarm:?}");
    }
    Ok(())
}
