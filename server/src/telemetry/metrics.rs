//! The metrics, each declared once. The ticker is a property of log lines, never a dimension here.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use metrics::{Counter, counter, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

use super::emf::Emf;
use super::logs::LogWriter;
use super::{Alarm, MetricsPolicy};
use crate::clock::Clock;
use crate::providers::Provider;

/// A layer that an answer can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// L1.
    InMemory,
    /// L2.
    DynamoDb,
    /// A provider.
    Provider,
}

impl Layer {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InMemory => "in-memory",
            Self::DynamoDb => "dynamodb",
            Self::Provider => "provider",
        }
    }
}

/// The metrics of one instance.
pub struct Metrics {
    prometheus: PrometheusRecorder,
    emf: Emf,
    hits: PerLayer,
    misses: PerLayer,
    lost: AtomicBool,
    policy: MetricsPolicy,
}

/// A layer's counter in each format, looked up once: every request counts here, and to find a counter by its name and
/// label takes longer than to find an answer in memory.
type PerLayer = [CounterOfLayer; 3];

#[derive(Default)]
struct CounterOfLayer {
    formats: OnceLock<[Counter; 2]>,
    total: AtomicU64,
}

impl Metrics {
    /// Metrics that are all zero.
    pub fn new(clock: Arc<dyn Clock>, policy: MetricsPolicy) -> Self {
        Self {
            prometheus: PrometheusBuilder::new().build_recorder(),
            emf: Emf::new(clock, policy.clone()),
            hits: PerLayer::default(),
            misses: PerLayer::default(),
            lost: AtomicBool::new(false),
            policy,
        }
    }

    /// Looks into a layer that found a fresh answer, and looks that did not.
    pub fn looked(&self, layer: Layer, hits: u64, misses: u64) {
        self.count(&self.hits, "CacheHit", layer, hits);
        self.count(&self.misses, "CacheMiss", layer, misses);
    }

    /// The looks into a layer so far that found a fresh answer, and those that did not.
    pub fn looks(&self, layer: Layer) -> (u64, u64) {
        let total = |counters: &PerLayer| counters[layer as usize].total.load(Ordering::Relaxed);
        (total(&self.hits), total(&self.misses))
    }

    /// Something that an operator may be woken for.
    pub fn alarm(&self, alarm: Alarm) {
        let worth = (self.policy.alarm_worth)(&alarm);
        if worth == 0 {
            return;
        }
        self.record(|| {
            let counter = match alarm {
                Alarm::CallFailed { operation } => counter!("CacheError", "operation" => operation),
                Alarm::BreakerOpened | Alarm::ProbeFailed => counter!("CircuitBreakerOpen"),
                Alarm::PageTruncated => counter!("CachePaginationTruncation"),
                Alarm::ItemsGivenUp { .. } => counter!("UnprocessedWriteItems"),
            };
            counter.increment(worth);
        });
    }

    /// Timestamps that a provider sent more than once.
    pub fn duplicates(&self, timestamps: usize) {
        self.record(|| counter!("TiingoDuplicateTimestamp").increment(timestamps as u64));
    }

    /// Candles that were left out as bad.
    pub fn rejected(&self, candles: usize) {
        self.record(|| counter!("RejectedCandles").increment(candles as u64));
    }

    /// A provider call and how it ended: an HTTP status, or `timeout`, `connection`,
    /// `unreadable`, `too_large`, `no_room`.
    pub fn provider_request(&self, provider: Provider, status: &str) {
        let status = status.to_owned();
        self.record(|| {
            counter!("ProviderRequests", "provider" => provider.name(), "status" => status.clone()).increment(1)
        });
    }

    /// A log line that was not taken.
    pub fn line_lost(&self) {
        self.record(|| counter!("LogLinesLost").increment(1));
    }

    /// How long a layer took.
    pub fn latency(&self, layer: Layer, took: Duration) {
        self.record(|| histogram!("LayerLatencyMs", "layer" => layer.name()).record(milliseconds(took)));
    }

    /// All of them, in Prometheus's text format.
    pub fn prometheus(&self) -> String {
        self.prometheus.handle().render()
    }

    /// Whether the last flush failed.
    pub fn are_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Writes what came since the last flush, in embedded metric format.
    ///
    /// # Errors
    /// As the sink fails. No request notices; counts wait for the next time, and measured times are lost.
    pub fn flush(&self, sink: &LogWriter) -> std::io::Result<()> {
        self.prometheus.handle().run_upkeep();
        let flushed = self.emf.flush(sink);
        // With nothing to write, nothing is learnt of the sink.
        if !matches!(flushed, Ok(0)) {
            self.lost.store(flushed.is_err(), Ordering::Relaxed);
        }
        if flushed.is_err() {
            // Seen on `/metrics` at once, and in the log when it can be written again.
            self.record(|| counter!("MetricFlushFailed").increment(1));
        }
        flushed.map(|_| ())
    }

    fn count(&self, counters: &PerLayer, name: &'static str, layer: Layer, times: u64) {
        if times == 0 {
            return;
        }
        let find = || counter!(name, "layer" => layer.name());
        let CounterOfLayer { formats, total } = &counters[layer as usize];
        let both =
            formats.get_or_init(|| [with_local_recorder(&self.prometheus, find), with_local_recorder(&self.emf, find)]);
        both.iter().for_each(|counter| counter.increment(times));
        total.fetch_add(times, Ordering::Relaxed);
    }

    fn record(&self, record: impl Fn()) {
        with_local_recorder(&self.prometheus, &record);
        with_local_recorder(&self.emf, &record);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

#[expect(clippy::float_arithmetic, reason = "a duration, not a price")]
fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}
