//! Alarms: the declaration that a server is deployed with, held against the metrics that it really emits.

mod history;

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use serde::Deserialize;

pub use history::History;

/// What a server is watched by.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarms {
    /// The namespace of every metric.
    pub namespace: String,
    /// How long an alarm is quiet after its notice, at least.
    pub silence_seconds: u32,
    /// The alarms, one a metric.
    pub alarms: Vec<Alarm>,
}

/// One alarm.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// The metric that it watches.
    pub metric: String,
    /// Exactly the dimensions of that metric.
    pub dimensions: BTreeMap<String, String>,
    /// What is made of a period's values.
    pub statistic: Statistic,
    /// The length of a period.
    pub period_seconds: u32,
    /// How the statistic is held against the threshold.
    pub comparison: Comparison,
    /// The threshold.
    pub threshold: u32,
    /// Who gets the notice.
    pub notify: String,
    /// What to do about it.
    pub action: String,
}

/// What is made of a period's values, in CloudWatch's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Statistic {
    /// They are added up.
    Sum,
}

/// When a period is bad, in CloudWatch's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Comparison {
    /// Past the threshold.
    GreaterThanThreshold,
    /// At the threshold, or past it.
    GreaterThanOrEqualToThreshold,
}

impl Alarms {
    /// Reads a declaration.
    ///
    /// # Errors
    /// When it is none, or says nothing that could be judged.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let alarms: Self = serde_json::from_str(text).context("the alarms are not declared as they should be")?;
        for alarm in &alarms.alarms {
            let doubled = alarms.alarms.iter().filter(|other| other.metric == alarm.metric).count() > 1;
            ensure!(!doubled, "two alarms watch {}", alarm.metric);
            ensure!(alarm.period_seconds > 0, "{} has a period of nothing", alarm.name);
        }
        Ok(alarms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_that_could_not_be_judged_is_refused() {
        assert!(Alarms::read("{}").is_err());
        let alarm = |change: &str| {
            format!(
                r#"{{"name": "a", "metric": "E", "dimensions": {{}}, "statistic": "Sum", "period_seconds": 60,
                "comparison": "GreaterThanThreshold", "threshold": 1, "notify": "chat", "action": "look"{change}}}"#
            )
        };
        let read = |alarms: &str| {
            Alarms::read(&format!(r#"{{"namespace": "N", "silence_seconds": 1, "alarms": [{alarms}]}}"#))
        };
        assert!(read(&alarm("")).is_ok());
        assert!(read(&alarm(r#", "treshold": 2"#)).is_err());
        assert!(read(&format!("{}, {}", alarm(""), alarm(""))).unwrap_err().to_string().contains("two alarms watch E"));
        assert!(read(&alarm("").replace("60", "0")).is_err());
        assert!(read(&alarm("").replace("Sum", "p99")).is_err());
    }
}
