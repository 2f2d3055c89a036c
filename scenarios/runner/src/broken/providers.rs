//! A provider client that misbehaves.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use ohlc_server::Ports;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH};
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

/// Lets `read` change the text of each answer that comes without a coding.
pub(crate) fn texts(ports: &mut Ports, read: fn(String) -> String) {
    calls(ports, move |client, call, sound| {
        let answer = sound(client, call);
        Box::pin(async move {
            let answer = answer.await?;
            if answer.headers().contains_key(CONTENT_ENCODING) {
                return Ok(answer);
            }
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut changed = http::Response::new(read(answer.text().await?));
            (*changed.status_mut(), *changed.headers_mut()) = (status, headers);
            changed.headers_mut().remove(CONTENT_LENGTH);
            Ok(changed.into())
        })
    });
}
