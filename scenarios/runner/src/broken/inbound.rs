//! A middleware that misbehaves: it sees each request before the routes do, and each answer before the envelope does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use ohlc_server::Ports;
use ohlc_server::error::Failure;

use super::log;

/// Lets requests pass through `broken`.
pub(crate) fn requests(
    ports: &mut Ports,
    broken: impl Fn(Request, Next) -> BoxFuture<'static, Response> + Send + Sync + 'static,
) {
    let (sound, broken) = (Arc::clone(&ports.inbound), Arc::new(broken));
    ports.inbound = Arc::new(move |routes| {
        let broken = Arc::clone(&broken);
        sound(routes).layer(from_fn(move |request, next| broken(request, next)))
    });
}

/// Lets `seen` look at each request, and change it, before it goes on.
pub(crate) fn sees(ports: &mut Ports, seen: impl Fn(&mut Request) + Send + Sync + 'static) {
    requests(ports, move |mut request, next| {
        seen(&mut request);
        Box::pin(next.run(request))
    });
}

/// Lets a request fail during which a line was logged that is `meant`.
pub(crate) fn fails_when_logged(ports: &mut Ports, meant: fn(&serde_json::Value) -> bool, failure: Failure) {
    let logged = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&logged);
    log::lines(ports, move |line, log| {
        if serde_json::from_slice(line).is_ok_and(|line| meant(&line)) {
            counted.fetch_add(1, Ordering::Relaxed);
        }
        log.write_line(line)
    });
    requests(ports, move |request, next| {
        let (logged, failure) = (Arc::clone(&logged), failure.clone());
        Box::pin(async move {
            let before = logged.load(Ordering::Relaxed);
            let response = next.run(request).await;
            if logged.load(Ordering::Relaxed) > before { failure.into_response() } else { response }
        })
    });
}
