//! What becomes of an alarm.
//!
//! It is judged as CloudWatch judges an alarm of which one bad period is enough, and whose last periods cover the
//! silence: the first bad period raises it and gives one notice. As long as a bad period is no further back than the
//! silence, the alarm stays raised and says nothing more. After that it is over, and the next bad period gives a notice.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{Alarm, Alarms, Comparison};
use crate::observe::datapoints::Datapoint;

/// Older datapoints are not taken, as CloudWatch does not take them.
const OLDEST: TimeDelta = TimeDelta::days(14);
/// Datapoints further ahead are not taken either.
const AHEAD: TimeDelta = TimeDelta::hours(2);

/// What became of one alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Who gets its notices.
    pub notify: String,
    /// When it gave notice.
    pub notices: Vec<DateTime<Utc>>,
    /// Whether it is raised now.
    pub raised: bool,
}

impl Alarms {
    /// What became of the alarm on a metric by now, given log lines of every instance; nothing when there is none.
    pub fn history(&self, metric: &str, lines: &[Value], now: DateTime<Utc>) -> Option<History> {
        let alarm = self.alarms.iter().find(|alarm| alarm.metric == metric)?;
        let mut watched = Datapoint::read(lines);
        watched.retain(|point| {
            let taken = now - OLDEST <= point.at && point.at <= now + AHEAD;
            let meant = point.namespace == self.namespace && point.metric == alarm.metric;
            taken && meant && point.dimensions == alarm.dimensions
        });
        watched.sort_by_key(|point| point.at);
        let quiet = i64::from(self.silence_seconds.div_ceil(alarm.period_seconds)) + 1;
        Some(alarm.judge(&watched, quiet, now))
    }
}

impl Alarm {
    /// Goes through datapoints in their order; the alarm is over when the last `quiet` periods were good.
    fn judge(&self, watched: &[Datapoint], quiet: i64, now: DateTime<Utc>) -> History {
        let period = |at: DateTime<Utc>| at.timestamp().div_euclid(i64::from(self.period_seconds));
        let mut sums: BTreeMap<i64, Decimal> = BTreeMap::new();
        let (mut notices, mut last_bad) = (Vec::new(), None);
        let still_raised = |bad: Option<i64>, at| bad.is_some_and(|bad| period(at) < bad + quiet);
        for point in watched {
            let sum = sums.entry(period(point.at)).or_default();
            *sum += point.sum;
            if self.is_bad(*sum) {
                if !still_raised(last_bad, point.at) {
                    notices.push(point.at);
                }
                last_bad = Some(period(point.at));
            }
        }
        History { notify: self.notify.clone(), notices, raised: still_raised(last_bad, now) }
    }

    fn is_bad(&self, value: Decimal) -> bool {
        match self.comparison {
            Comparison::GreaterThanThreshold => value > self.threshold.into(),
            Comparison::GreaterThanOrEqualToThreshold => value >= self.threshold.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// More than two a minute, an hour of silence.
    fn alarms() -> Alarms {
        let alarm = json!({
            "name": "errors", "metric": "E", "dimensions": {}, "statistic": "Sum", "period_seconds": 60,
            "comparison": "GreaterThanThreshold", "threshold": 2, "notify": "chat", "action": "look",
        });
        let declared = json!({"namespace": "N", "silence_seconds": 3600, "alarms": [alarm]});
        Alarms::read(&declared.to_string()).unwrap()
    }

    fn time(text: &str) -> DateTime<Utc> {
        format!("2026-02-03T{text}Z").parse().unwrap()
    }

    fn counted(at: &str, count: u64) -> Value {
        let directive = json!({"Namespace": "N", "Dimensions": [[]], "Metrics": [{"Name": "E"}]});
        json!({"_aws": {"Timestamp": time(at).timestamp_millis(), "CloudWatchMetrics": [directive]}, "E": count})
    }

    /// When notices were given, and whether the alarm is raised at the end.
    fn judged(counts: &[(&str, u64)], now: &str) -> (Vec<DateTime<Utc>>, bool) {
        let lines: Vec<Value> = counts.iter().map(|(at, count)| counted(at, *count)).collect();
        let history = alarms().history("E", &lines, time(now)).unwrap();
        (history.notices, history.raised)
    }

    #[test]
    fn the_threshold_must_be_passed_within_one_period() {
        assert_eq!(judged(&[("10:00:00", 2)], "10:00:01"), (vec![], false));
        assert_eq!(judged(&[("10:00:00", 2), ("10:01:00", 2)], "10:01:30"), (vec![], false));
        assert_eq!(judged(&[("10:00:00", 2), ("10:00:59", 1)], "10:00:59"), (vec![time("10:00:59")], true));
    }

    #[test]
    fn one_notice_is_followed_by_silence_while_it_goes_on() {
        let counts = [("10:00:00", 3), ("10:00:30", 9), ("10:01:00", 3), ("10:59:59", 3), ("11:30:00", 3)];
        assert_eq!(judged(&counts, "12:29:59"), (vec![time("10:00:00")], true));
    }

    #[test]
    fn it_is_over_an_hour_after_the_last_bad_period_and_no_sooner() {
        assert!(judged(&[("10:00:59", 3)], "11:00:59").1);
        assert!(!judged(&[("10:00:59", 3)], "11:01:00").1);
    }

    #[test]
    fn what_comes_after_it_was_over_gives_a_notice_of_its_own() {
        let twice = [("10:00:00", 3), ("11:01:00", 3)];
        assert_eq!(judged(&twice, "11:01:00"), (vec![time("10:00:00"), time("11:01:00")], true));
    }

    #[test]
    fn lines_of_several_instances_are_taken_in_the_order_of_their_times() {
        let mixed = [("10:30:00", 3), ("10:00:00", 3)];
        assert_eq!(judged(&mixed, "10:30:00"), (vec![time("10:00:00")], true));
    }

    #[test]
    fn a_metric_of_another_name_namespace_dimension_or_age_is_another() {
        let change = |pointer: &str, value: Value| {
            let mut line = counted("10:00:00", 3);
            *line.pointer_mut(pointer).unwrap() = value;
            line["ticker"] = json!("AAPL");
            alarms().history("E", &[line], time("10:00:30")).unwrap().notices.len()
        };
        assert_eq!(change("/E", json!(3)), 1);
        assert_eq!(change("/_aws/CloudWatchMetrics/0/Namespace", json!("M")), 0);
        assert_eq!(change("/_aws/CloudWatchMetrics/0/Dimensions", json!([["ticker"]])), 0);
        assert_eq!(change("/_aws/CloudWatchMetrics/0/Metrics/0/Name", json!("E_total")), 0);
        assert_eq!(change("/_aws/Timestamp", json!(time("10:00:00").timestamp())), 0);
        assert!(alarms().history("F", &[], time("10:00:00")).is_none());
    }
}
