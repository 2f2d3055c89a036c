//! Mistakes that keep an alarm from being raised, or raise it too soon.

use std::sync::Arc;

use ohlc_server::telemetry::{self, Alarm, worth};

use super::defects;

defects! {
    "metric-renamed", "a counter gets the name that Prometheus would give it, and no alarm is told":
        |policies, _| policies.metrics.published = Arc::new(|name, labels, now| {
            let mut published = telemetry::published(name, labels, now);
            published.name.push_str("_total");
            published
        });
    "metrics-by-instance", "each instance counts under a dimension of its own":
        |policies, _| policies.metrics.published = Arc::new(|name, labels, now| {
            let mut published = telemetry::published(name, labels, now);
            published.dimensions.insert("instance".into(), "i-0a1b2c".into());
            published.added_up_by.iter_mut().for_each(|set| set.push("instance".into()));
            published
        });
    "metrics-without-a-sum", "a metric is counted by its labels alone, and the alarm looks at their sum":
        |policies, _| policies.metrics.published = Arc::new(|name, labels, now| {
            let mut published = telemetry::published(name, labels, now);
            published.added_up_by.truncate(1);
            published
        });
    "metric-time-in-seconds", "a metric is stamped in seconds where milliseconds are due":
        |policies, _| policies.metrics.published = Arc::new(|name, labels, now| {
            telemetry::Published { epoch_ms: now.timestamp(), ..telemetry::published(name, labels, now) }
        });
    "failed-call-counted-twice", "a call that failed is counted where it is made, and again where it is waited for":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::CallFailed { .. } => 2,
            other => worth(other),
        });
}
