//! Metrics in Prometheus's text format and in embedded metric format, as far as scenarios need them: sums by name.

use serde_json::Value;

/// What `/metrics` said at one time, or the log up to then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    samples: Vec<(String, u64)>,
}

impl Metrics {
    /// Reads the text. Samples that are not whole numbers, as sums of latencies, are left out.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let samples = lines.filter_map(|line| {
            let (series, value) = line.rsplit_once(' ')?;
            Some((series.to_owned(), value.parse().ok()?))
        });
        Self { samples: samples.collect() }
    }

    /// Adds up the documents in embedded metric format among log lines, each series named as `/metrics` names it. Of
    /// several sets of dimensions the first counts: the others are sums over it.
    pub fn embedded(lines: &[Value]) -> Self {
        let documents = lines.iter().flat_map(|line| {
            let directives = line["_aws"]["CloudWatchMetrics"].as_array().into_iter().flatten();
            directives.map(move |directive| (line, directive))
        });
        let samples = documents.flat_map(|(line, directive)| {
            let dimensions = directive["Dimensions"][0].as_array().into_iter().flatten().filter_map(Value::as_str);
            let labels: Vec<String> = dimensions.map(|name| format!("{name}={}", line[name])).collect();
            let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
            let metrics = directive["Metrics"].as_array().into_iter().flatten();
            metrics.filter_map(move |metric| {
                let name = metric["Name"].as_str()?;
                Some((format!("{name}{labels}"), line[name].as_u64()?))
            })
        });
        Self { samples: samples.collect() }
    }

    /// One series, as `CacheHit{layer="in-memory"}`, or the sum over every series of this name; 0 when there is none.
    pub fn count(&self, name: &str) -> u64 {
        let named = self.samples.iter().filter(|(series, _)| series == name || series.split('{').next() == Some(name));
        named.map(|(_, value)| value).sum()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Metrics;

    #[test]
    fn documents_in_embedded_metric_format_are_added_up_and_other_lines_are_none() {
        let directive = json!({"Dimensions": [["layer"], []], "Metrics": [{"Name": "CacheHit", "Unit": "Count"}]});
        let document =
            |layer, count| json!({"_aws": {"CloudWatchMetrics": [directive]}, "layer": layer, "CacheHit": count});
        let plain = json!({"_aws": {"CloudWatchMetrics": [{"Dimensions": [[]], "Metrics": [{"Name": "Opened"}]}]}, "Opened": 1});
        let lines =
            [document("a", 2), json!({"CacheHit": 7}), document("b", 3), json!("no JSON"), document("a", 1), plain];
        let metrics = Metrics::embedded(&lines);
        assert_eq!(metrics.count("CacheHit"), 6);
        assert_eq!(metrics.count("CacheHit{layer=\"a\"}"), 3);
        assert_eq!(metrics.count("Opened"), 1);
    }

    #[test]
    fn series_of_one_name_are_summed() {
        let text = "# TYPE CacheHit counter\nCacheHit{layer=\"a\"} 2\nCacheHit{layer=\"b\"} 3\nCacheHits 9\nMs 1.5\n";
        let metrics = Metrics::read(text);
        assert_eq!(metrics.count("CacheHit"), 5);
        assert_eq!(metrics.count("CacheHit{layer=\"a\"}"), 2);
        assert_eq!(metrics.count("CacheMiss"), 0);
    }
}
