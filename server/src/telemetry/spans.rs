//! Spans: the request's own, and under it one for each layer that it passes. At the level `debug` a line in the log
//! tells how each ended.

use std::future::Future;

use tokio::time::Instant;
use tracing::{Instrument, Span, debug, debug_span, field, info_span};

use super::Layer;

/// The span of a request. To be made in the logs of its instance: outside of them it would be nobody's, and no line of
/// the request would carry its fields.
pub(crate) fn request_span(id: &str, method: &str) -> Span {
    info_span!(
        "request",
        request_id = id,
        method = method,
        ticker = field::Empty,
        resolution = field::Empty,
        cache_key = field::Empty,
    )
}

/// The span of a layer, under the one that is entered: the request's.
fn layer_span(layer: Layer) -> Span {
    match layer {
        Layer::InMemory => debug_span!("in-memory"),
        Layer::DynamoDb => debug_span!("dynamodb"),
        Layer::Provider => debug_span!("provider"),
    }
}

/// Does a layer's work in a span of its own, under the request's.
pub(crate) async fn traced<T>(layer: Layer, work: impl Future<Output = T>) -> T {
    let span = layer_span(layer);
    let began = (!span.is_disabled()).then(Instant::now);
    let timed = async {
        let done = work.await;
        ended(layer, began);
        done
    };
    timed.instrument(span).await
}

/// As [`traced`], for what needs no waiting.
pub(crate) fn traced_at_once<T>(layer: Layer, work: impl FnOnce() -> T) -> T {
    let span = layer_span(layer);
    span.in_scope(|| {
        let began = (!span.is_disabled()).then(Instant::now);
        let done = work();
        ended(layer, began);
        done
    })
}

/// Says so in the log, if there is a span.
fn ended(layer: Layer, began: Option<Instant>) {
    let Some(began) = began else { return };
    let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    debug!(span = layer.name(), took_us = took, outcome = "span_ended", "a layer is done");
}
