//! Logs: one JSON object a line, each with the request's id, ticker and key at the top level.

use std::io::Write;
use std::sync::Arc;

use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

/// Where the log lines and metric documents of one instance go.
#[derive(Clone)]
pub struct LogWriter(Arc<dyn Fn() -> Box<dyn Write> + Send + Sync>);

impl LogWriter {
    /// A writer that asks `sink` for somewhere to write each line.
    pub fn new<W: Write + 'static>(sink: impl Fn() -> W + Send + Sync + 'static) -> Self {
        Self(Arc::new(move || Box::new(sink())))
    }
}

impl<'a> MakeWriter<'a> for LogWriter {
    type Writer = Box<dyn Write>;

    fn make_writer(&'a self) -> Self::Writer {
        (self.0)()
    }
}

/// The subscriber of one instance. The settings have checked the filter.
pub fn subscriber(filter: &str, writer: LogWriter) -> Dispatch {
    let lines = json_subscriber::fmt::layer()
        .with_writer(writer)
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .flatten_span_list_on_top_level(true);
    let filter = EnvFilter::builder().parse_lossy(filter);
    Dispatch::new(tracing_subscriber::registry().with(filter).with(lines))
}
