//! CloudWatch's embedded metric format, as a recorder of one instance.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use metrics_util::registry::{AtomicStorage, Registry};
use serde_json::{Value, json};

use super::logs::LogWriter;
use crate::clock::Clock;

/// CloudWatch takes at most so many values of one metric in one document.
const MOST_VALUES: usize = 100;

/// Collects until flushed; clones share what they collect.
#[derive(Clone)]
pub(super) struct Emf {
    registry: Arc<Registry<Key, AtomicStorage>>,
    clock: Arc<dyn Clock>,
}

impl Emf {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { registry: Arc::new(Registry::atomic()), clock }
    }

    /// One document a metric and its dimensions, one a line.
    pub(super) fn flush(&self, sink: &LogWriter) -> std::io::Result<()> {
        let mut documents = Vec::new();
        self.registry.visit_counters(|key, counter| {
            let count = counter.swap(0, Ordering::AcqRel);
            if count > 0 {
                documents.push(self.document(key, "Count", json!(count)));
            }
        });
        self.registry.visit_histograms(|key, histogram| {
            histogram.clear_with(|values| {
                documents
                    .extend(values.chunks(MOST_VALUES).map(|values| self.document(key, "Milliseconds", json!(values))));
            });
        });
        documents.iter().try_for_each(|document| sink.write_line(format!("{document}\n").as_bytes()))
    }

    fn document(&self, key: &Key, unit: &str, value: Value) -> Value {
        let dimensions: BTreeMap<&str, &str> = key.labels().map(|label| (label.key(), label.value())).collect();
        let names: Vec<&str> = dimensions.keys().copied().collect();
        let mut document = json!({
            "_aws": {
                "Timestamp": self.clock.now().timestamp_millis(),
                "CloudWatchMetrics": [{
                    "Namespace": "OhlcCache",
                    "Dimensions": [names],
                    "Metrics": [{"Name": key.name(), "Unit": unit}],
                }],
            },
        });
        for (name, text) in dimensions {
            document[name] = json!(text);
        }
        document[key.name()] = value;
        document
    }
}

impl Recorder for Emf {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        self.registry.get_or_create_counter(key, |counter| Counter::from_arc(Arc::clone(counter)))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        self.registry.get_or_create_gauge(key, |gauge| Gauge::from_arc(Arc::clone(gauge)))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        self.registry.get_or_create_histogram(key, |histogram| Histogram::from_arc(Arc::clone(histogram)))
    }
}
