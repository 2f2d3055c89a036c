//! Mistakes that nobody notices for a day: what is over leaves something behind. A soak catches them.

use std::future::pending;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use tokio::net::TcpStream;

use super::defects;
use crate::broken::{inbound, locked, providers};

/// One in so many leaves something behind.
const SOME: usize = 20;

defects! {
    "task-left-by-some-requests", "one request in twenty begins a task that never ends":
        |_, ports| {
            let requests = AtomicUsize::new(0);
            inbound::sees(ports, move |_| {
                if requests.fetch_add(1, Ordering::Relaxed).is_multiple_of(SOME) {
                    drop(tokio::spawn(pending::<()>()));
                }
            });
        };
    "connection-left-by-some-fetches", "one provider call in twenty opens a connection more, which nobody closes":
        |_, ports| {
            let calls = AtomicUsize::new(0);
            providers::calls(ports, move |client, call, sound| {
                let address = call.url().socket_addrs(|| None).ok().and_then(|found| found.first().copied());
                let opens = calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(SOME);
                let sent = sound(client, call);
                async move {
                    if let Some(address) = address.filter(|_| opens) {
                        std::mem::forget(TcpStream::connect(address).await);
                    }
                    sent.await
                }
                .boxed()
            });
        };
    "memory-left-by-each-request", "something is noted about each request, and never forgotten":
        |_, ports| {
            let notes = Mutex::new(Vec::new());
            inbound::sees(ports, move |_| locked(&notes).push(vec![1_u8; 512 << 10]));
        };
}
