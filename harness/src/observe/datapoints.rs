//! What CloudWatch makes of log lines: datapoints, from documents in embedded metric format.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::Value;

/// One value of one metric under one set of dimensions. Metrics whose dimensions differ are different metrics:
/// CloudWatch adds nothing up that was not published as a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datapoint {
    /// Where the metric belongs.
    pub namespace: String,
    /// Its name.
    pub metric: String,
    /// Its dimensions, by name.
    pub dimensions: BTreeMap<String, String>,
    /// When it was measured.
    pub at: DateTime<Utc>,
    /// What was measured, added up.
    pub sum: Decimal,
}

impl Datapoint {
    /// The datapoints of log lines. A line that is no document has none, and neither has what a document lacks.
    pub fn read(lines: &[Value]) -> Vec<Self> {
        lines.iter().flat_map(of_line).collect()
    }
}

fn of_line(line: &Value) -> Vec<Datapoint> {
    let Some(at) = line["_aws"]["Timestamp"].as_i64().and_then(DateTime::from_timestamp_millis) else {
        return Vec::new();
    };
    let mut datapoints = Vec::new();
    for directive in list(&line["_aws"]["CloudWatchMetrics"]) {
        for (set, metric) in list(&directive["Dimensions"])
            .iter()
            .flat_map(|set| list(&directive["Metrics"]).iter().map(move |metric| (set, metric)))
        {
            let datapoint = || {
                let name = metric["Name"].as_str()?;
                Some(Datapoint {
                    namespace: directive["Namespace"].as_str()?.to_owned(),
                    metric: name.to_owned(),
                    dimensions: dimensions(line, set)?,
                    at,
                    sum: sum(line.get(name)?)?,
                })
            };
            datapoints.extend(datapoint());
        }
    }
    datapoints
}

/// The values of a set of dimensions, which stand at the root of the document.
fn dimensions(line: &Value, set: &Value) -> Option<BTreeMap<String, String>> {
    let names = list(set).iter().map(|name| name.as_str());
    names.map(|name| Some((name?.to_owned(), line.get(name?)?.as_str()?.to_owned()))).collect()
}

/// One number, or several.
fn sum(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            Decimal::from_str_exact(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
        }
        Value::Array(values) => values.iter().map(sum).sum(),
        _ => None,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(sets: Value) -> Value {
        json!({
            "_aws": {
                "Timestamp": 1_770_156_000_000_i64,
                "CloudWatchMetrics": [{"Namespace": "N", "Dimensions": sets, "Metrics": [{"Name": "E"}, {"Name": "Ms"}]}],
            },
            "operation": "Query", "E": 2, "Ms": [1.5, 2],
        })
    }

    #[test]
    fn each_set_of_dimensions_is_a_metric_of_its_own() {
        let datapoints = Datapoint::read(&[document(json!([["operation"], []]))]);
        let seen: Vec<_> =
            datapoints.iter().map(|point| (point.metric.as_str(), point.dimensions.len(), point.sum)).collect();
        let (two, more) = (Decimal::TWO, Decimal::new(35, 1));
        assert_eq!(seen, [("E", 1, two), ("Ms", 1, more), ("E", 0, two), ("Ms", 0, more)]);
        assert_eq!(datapoints[0].dimensions["operation"], "Query");
        assert_eq!(datapoints[0].at.to_rfc3339(), "2026-02-03T22:00:00+00:00");
    }

    #[test]
    fn what_is_no_document_has_no_datapoints() {
        let without_its_dimension = document(json!([["ticker"]]));
        let lines = [json!("text"), json!({"E": 2}), json!({"_aws": {"CloudWatchMetrics": 7}}), without_its_dimension];
        assert_eq!(Datapoint::read(&lines), []);
    }
}
