//! Mistakes with what an operator sees: numbers that are wrong, lines and spans that belong to nobody.

use std::sync::{Arc, OnceLock};

use ohlc_server::http::envelope;
use ohlc_server::telemetry::{self, Alarm, Layer, layer_span, worth};
use tracing::dispatcher::with_default;
use tracing::{Dispatch, Span, debug_span, info};

use super::defects;

defects! {
    "failed-reads-not-counted", "only a write that failed is an error of the cache":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::CallFailed { operation: "Query" } => 0,
            other => worth(other),
        });
    "failed-writes-not-counted", "only a read that failed is an error of the cache":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::CallFailed { operation: "BatchWriteItem" } => 0,
            other => worth(other),
        });
    "openings-not-counted", "a breaker that opens is worth a line in the log, and no more":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::BreakerOpened => 0,
            other => worth(other),
        });
    "failed-probe-counted-as-an-opening", "a breaker that stays open has opened again":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::ProbeFailed => 1,
            other => worth(other),
        });
    "cut-pages-not-counted", "a page that was cut is read on, and nobody learns of it":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::PageTruncated => 0,
            other => worth(other),
        });
    "unprocessed-writes-counted-not-items", "a write that was given up is one, whatever it held":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::ItemsGivenUp { .. } => 1,
            other => worth(other),
        });
    "alarms-counted-twice", "where it happens, and again where it is noticed":
        |rules, _| rules.alarm_worth = Arc::new(|alarm| 2 * worth(alarm));
    "documents-of-any-length", "all that was measured since the last flush is in one document":
        |rules, _| rules.values_in_a_document = u32::MAX;
    "metrics-lost-at-the-end", "what was counted since the last flush goes with the process":
        |rules, _| rules.last_flush = false;
    "one-request-id-for-all", "the first request's id is everybody's":
        |rules, _| {
            let first = OnceLock::new();
            rules.request_id = Arc::new(move |headers| first.get_or_init(|| envelope::request_id(headers)).clone());
        };
    "request-spans-of-no-instance", "a request's span is made where no instance's logs are, so its fields are nobody's":
        |rules, _| rules.request_span = Arc::new(|id, method| with_default(&Dispatch::none(), || telemetry::request_span(id, method)));
    "tasks-without-their-request", "what goes on in a task of its own is logged for nobody":
        |rules, _| rules.task_span = Arc::new(Span::none);
    "metric-documents-in-pieces", "a document of metrics is written piece by piece, and somebody's line falls between":
        |rules, _| rules.document_written = Arc::new(|log, document| {
            let line = format!("{document}\n");
            let (one, other) = line.as_bytes().split_at(line.len() / 2);
            log.write_line(one)?;
            // Whoever logs just then; bad luck is not left to chance.
            info!("a visitor came");
            log.write_line(other)
        });
    "provider-without-a-span", "a trace ends where the provider begins":
        |rules, _| rules.layer_span = Arc::new(|layer| match layer {
            Layer::Provider => Span::none(),
            other => layer_span(other),
        });
    "spans-without-their-request", "every span is a trace of its own":
        |rules, _| rules.layer_span = Arc::new(|_| debug_span!(parent: None, "layer"));
}
