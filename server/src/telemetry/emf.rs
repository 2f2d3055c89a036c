//! CloudWatch's embedded metric format, as a recorder of one instance.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use metrics_util::registry::{AtomicStorage, Registry};
use serde_json::{Value, json};

use super::MetricsPolicy;
use super::logs::LogWriter;
use crate::clock::Clock;

/// Collects until flushed; clones share what they collect.
#[derive(Clone)]
pub(super) struct Emf {
    registry: Arc<Registry<Key, AtomicStorage>>,
    clock: Arc<dyn Clock>,
    policy: MetricsPolicy,
}

/// A metric as CloudWatch is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// Its dimensions, by name.
    pub dimensions: BTreeMap<String, String>,
    /// The sets of these dimensions that it is added up by, each a metric of its own to CloudWatch.
    pub added_up_by: Vec<Vec<String>>,
    /// When it was measured, in milliseconds.
    pub epoch_ms: i64,
}

/// A metric by all its labels and, because an alarm watches a sum that CloudWatch does not make by itself, over all of
/// them.
pub fn published(name: &str, labels: &[(&str, &str)], now: DateTime<Utc>) -> Published {
    let dimensions: BTreeMap<String, String> =
        labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut added_up_by = vec![dimensions.keys().cloned().collect()];
    if !dimensions.is_empty() {
        added_up_by.push(Vec::new());
    }
    Published { name: name.to_owned(), dimensions, added_up_by, epoch_ms: now.timestamp_millis() }
}

impl Emf {
    pub(super) fn new(clock: Arc<dyn Clock>, policy: MetricsPolicy) -> Self {
        Self { registry: Arc::new(Registry::atomic()), clock, policy }
    }

    /// One document a metric and its labels, one a line; gives their number. What cannot be told is counted on.
    pub(super) fn flush(&self, sink: &LogWriter) -> io::Result<usize> {
        let (mut documents, mut counts) = (Vec::new(), Vec::new());
        self.registry.visit_counters(|key, counter| {
            let count = counter.swap(0, Ordering::AcqRel);
            if count > 0 {
                documents.push(self.document(key, "Count", json!(count)));
                counts.push((Arc::clone(counter), count));
            }
        });
        self.registry.visit_histograms(|key, histogram| {
            // They come in blocks of the library's own size.
            let mut values = Vec::new();
            histogram.clear_with(|block| values.extend_from_slice(block));
            let parts = values.chunks(self.policy.values_in_a_document as usize);
            documents.extend(parts.map(|values| self.document(key, "Milliseconds", json!(values))));
        });
        // Each as one line: CloudWatch makes nothing of half a document, nor of one into which a log line has fallen.
        for (told, document) in documents.iter().enumerate() {
            if let Err(cause) = sink.write_line(format!("{document}\n").as_bytes()) {
                for (counter, count) in counts.iter().skip(told) {
                    counter.fetch_add(*count, Ordering::AcqRel);
                }
                return Err(cause);
            }
        }
        Ok(documents.len())
    }

    fn document(&self, key: &Key, unit: &str, value: Value) -> Value {
        let labels: Vec<(&str, &str)> = key.labels().map(|label| (label.key(), label.value())).collect();
        let Published { name, dimensions, added_up_by, epoch_ms } =
            (self.policy.published)(key.name(), &labels, self.clock.now());
        let mut document = json!({
            "_aws": {
                "Timestamp": epoch_ms,
                "CloudWatchMetrics": [{
                    "Namespace": "OhlcCache",
                    "Dimensions": added_up_by,
                    "Metrics": [{"Name": name, "Unit": unit}],
                }],
            },
        });
        for (dimension, text) in dimensions {
            document[dimension] = json!(text);
        }
        document[name] = value;
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::AtomicBool;

    use metrics::{counter, with_local_recorder};

    use super::*;
    use crate::samples::at;

    #[test]
    fn counts_that_nobody_took_are_told_with_the_next() -> io::Result<()> {
        let emf = Emf::new(Arc::new(|| at("2026-02-03T22:00:00Z")), MetricsPolicy::default());
        let (full, taken) = (Arc::new(AtomicBool::new(true)), Arc::new(Mutex::new(Vec::new())));
        let (is_full, lines) = (Arc::clone(&full), Arc::clone(&taken));
        let sink = LogWriter::new(move |line| match is_full.load(Ordering::Relaxed) {
            true => Err(io::ErrorKind::WouldBlock.into()),
            false => {
                lines.lock().expect("nobody panicked").push(String::from_utf8_lossy(line).into_owned());
                Ok(())
            }
        });
        let count = |name: &'static str| with_local_recorder(&emf, || counter!(name).increment(2));
        for name in ["CacheHit", "CacheMiss", "CacheHit"] {
            count(name);
            assert!(emf.flush(&sink).is_err());
        }
        full.store(false, Ordering::Relaxed);
        assert_eq!(emf.flush(&sink)?, 2);
        assert_eq!(emf.flush(&sink)?, 0);
        let told = taken.lock().expect("nobody panicked").concat();
        assert!(told.contains("\"CacheHit\":4") && told.contains("\"CacheMiss\":2"), "{told}");
        Ok(())
    }
}
