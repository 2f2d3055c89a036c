//! A provider client that misbehaves.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use ohlc_server::Ports;
use reqwest::{Client, Request, Response};

/// Lets calls pass through `broken`, which is given the way that they would have taken.
pub(crate) fn calls(
    ports: &mut Ports,
    broken: impl Fn(&Client, Request, &ohlc_server::providers::Transport) -> BoxFuture<'static, reqwest::Result<Response>>
    + Send
    + Sync
    + 'static,
) {
    let sound = Arc::clone(&ports.providers);
    ports.providers = Arc::new(move |client, call| broken(client, call, &sound));
}

/// Lets `seen` look at each call before it goes on.
pub(crate) fn sees(ports: &mut Ports, seen: impl Fn(&mut Request) + Send + Sync + 'static) {
    calls(ports, move |client, mut call, sound| {
        seen(&mut call);
        sound(client, call)
    });
}
