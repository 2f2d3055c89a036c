//! What an operator sees: JSON logs, spans among them, and metrics in embedded metric format and for Prometheus.
//!
//! Everything belongs to one instance: no global subscriber, no global recorder.

mod alarm;
mod emf;
mod gathered;
mod logs;
mod metrics;
mod spans;

use std::time::Duration;

use chrono::{DateTime, Utc};

pub use alarm::{Alarm, worth};
pub use emf::{Published, published};
pub use gathered::{Gathered, LogPolicy};
pub use logs::{LogWriter, filter, subscriber};
pub use metrics::{Layer, Metrics};
pub(crate) use spans::{request_span, traced, traced_at_once};

use crate::policy::policy;

policy! {
    /// What an operator is told in numbers.
    MetricsPolicy "metrics" {
        values {
            /// How often metrics are written in embedded metric format.
            every: Duration = Duration::from_secs(10), setting "OHLC_METRICS_EVERY", from "decisions.md#metrics-every";
            /// How many values of a metric one document holds at most.
            values_in_a_document: u32 = 100, or "fewer: CloudWatch takes no more of them", from "decisions.md#values-in-a-document";
        }
        functions {
            /// By how much a metric grows that may raise an alarm.
            alarm_worth: fn(&Alarm) -> u64 = worth,
                decides "a failed call, an opening, a cut page: one; items: as many as are given up; a failed probe: nothing",
                shows [(&Alarm::BreakerOpened), (&Alarm::ProbeFailed)], from "decisions.md#alarm-worth";
            /// How CloudWatch is told of a metric, given its name, its labels and the time.
            published: fn(&str, &[(&str, &str)], DateTime<Utc>) -> Published = published,
                decides "under its own name, by its labels, and added up over them for the alarms",
                shows [("CacheHit", &[("layer", "dynamodb")], at("2026-02-03T22:00:00Z")), ("CircuitBreakerOpen", &[], at("2026-02-03T22:00:00Z"))],
                from "decisions.md#published";
        }
    }
}
