//! Logs: one JSON object a line, each with the fields of its spans at the top level, so that a request's id, ticker and
//! key stand on every line of it.
//!
//! Written for the hit in memory, which has time for little else: a span's fields become JSON once, when they are
//! recorded, and a line is put together in a buffer that its thread keeps.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::io;
use std::sync::Arc;

use chrono::SecondsFormat;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Subscriber};
use tracing_subscriber::filter::{ParseError, Targets};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::Metrics;
use crate::clock::Clock;

/// How many bytes the fields of a span take, give or take.
const SPAN: usize = 256;

/// Takes a line.
type Sink = dyn Fn(&[u8]) -> io::Result<()> + Send + Sync;

/// Where the log lines and metric documents of one instance go, each line in one piece.
#[derive(Clone)]
pub struct LogWriter(Arc<Sink>);

impl LogWriter {
    /// A writer that gives each line, its end included, to `sink`.
    pub fn new(sink: impl Fn(&[u8]) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(sink))
    }

    /// Writes a line, its end included.
    ///
    /// # Errors
    /// As the sink fails.
    pub fn write_line(&self, line: &[u8]) -> io::Result<()> {
        (self.0)(line)
    }
}

/// Reads `OHLC_LOG`: a level, or levels by target.
///
/// # Errors
/// When it is neither.
pub fn filter(text: &str) -> Result<Targets, ParseError> {
    text.parse()
}

/// The subscriber of one instance.
pub fn subscriber(filter: Targets, clock: Arc<dyn Clock>, writer: LogWriter, metrics: Arc<Metrics>) -> Dispatch {
    Dispatch::new(tracing_subscriber::registry().with(filter).with(Lines { clock, writer, metrics }))
}

struct Lines {
    clock: Arc<dyn Clock>,
    writer: LogWriter,
    metrics: Arc<Metrics>,
}

/// Members of a JSON object, each after a comma: `,"ticker":"AAPL"`.
#[derive(Default)]
struct Members(Vec<u8>);

thread_local! {
    static LINE: RefCell<Members> = RefCell::default();
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for Lines {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut members = Members(Vec::with_capacity(SPAN));
        attributes.record(&mut members);
        span.extensions_mut().insert(members);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(members) = span.extensions_mut().get_mut::<Members>() {
            values.record(members);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let written = LINE.with_borrow_mut(|line| {
            line.0.clear();
            let (metadata, now) = (event.metadata(), self.clock.now());
            line.0.extend_from_slice(br#"{"timestamp":""#);
            line.0.extend_from_slice(now.to_rfc3339_opts(SecondsFormat::Micros, true).as_bytes());
            line.0.extend_from_slice(br#"","level":""#);
            line.0.extend_from_slice(metadata.level().as_str().as_bytes());
            line.0.push(b'"');
            line.add("target", metadata.target());
            event.record(line);
            for span in context.event_scope(event).into_iter().flatten() {
                if let Some(members) = span.extensions().get::<Members>() {
                    line.0.extend_from_slice(&members.0);
                }
            }
            line.0.extend_from_slice(b"}\n");
            self.writer.write_line(&line.0)
        });
        // Neither a full disk nor a reader who sleeps fails a request.
        if written.is_err() {
            self.metrics.line_lost();
        }
    }
}

impl Members {
    /// `name` is one of `tracing`'s fields, so nothing in it needs to be escaped.
    fn add(&mut self, name: &'static str, value: impl serde::Serialize) {
        self.0.extend_from_slice(b",\"");
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
        // Nothing that is written here fails to become JSON.
        let _ = serde_json::to_writer(&mut self.0, &value);
    }
}

impl Visit for Members {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field.name(), value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        let _ = write!(text, "{value:?}");
        self.add(field.name(), text);
    }
}
