//! Clients' connections: how many there are, how long one may keep the server waiting, and how all of them end.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep_until, timeout};
use tokio_util::io::{InspectReader, InspectWriter};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_service::Service;
use tracing::debug;
use tracing::instrument::WithSubscriber;

use super::pace::Pace;
use crate::policy::{Bytes, policy};

policy! {
    /// What a client may keep of the server.
    ConnectionPolicy "connections" {
        values {
            /// How long a client may take for a request's head, from its first byte on.
            head_timeout: Duration = Duration::from_secs(10), setting "OHLC_HEAD_TIMEOUT", from "decisions.md#heads";
            /// How many bytes a head may have.
            head_bytes: Bytes = Bytes::kibi(16), setting "OHLC_HEAD_BYTES", from "decisions.md#heads";
            /// How long a connection is kept on which nothing moves, though the server has answered.
            idle_timeout: Duration = Duration::from_secs(60), setting "OHLC_IDLE_TIMEOUT", from "decisions.md#idle-connections";
            /// How many connections there may be at once; more wait until one ends.
            most: u32 = 10_000, setting "OHLC_CONNECTIONS", from "decisions.md#most-connections";
            /// How long an instance that is told to stop waits for clients and for its writes.
            shutdown_timeout: Duration = Duration::from_secs(20), setting "OHLC_SHUTDOWN_TIMEOUT", from "decisions.md#bounded-stop";
        }
    }
}

/// What hyper reads at once; less than this it does not take.
const LEAST_BUFFER: usize = 8 << 10;
/// How long a client that still sends may take to read why nobody listens.
const LINGER: Duration = Duration::from_secs(1);

/// The connections of one instance. Clones are the same.
#[derive(Clone)]
pub(crate) struct Connections<S> {
    policy: ConnectionPolicy,
    service: S,
    open: TaskTracker,
    stop: CancellationToken,
    cut: CancellationToken,
}

impl<S> Connections<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static> + Clone + Send + 'static,
{
    /// Connections to this service, none of them open yet, until `stop` is cancelled.
    pub(crate) fn to(service: S, policy: ConnectionPolicy, stop: CancellationToken) -> Self {
        Self { policy, service, open: TaskTracker::new(), stop, cut: CancellationToken::new() }
    }

    /// Takes connections until it is to stop. Then nobody listens any more.
    pub(crate) async fn accept(&self, mut listener: TcpListener) {
        let room = Arc::new(Semaphore::new(usize::try_from(self.policy.most).unwrap_or(Semaphore::MAX_PERMITS)));
        let mut next = async || {
            // First the room, so that those for whom there is none wait outside and cost nothing.
            let place = Arc::clone(&room).acquire_owned().await;
            (place, Listener::accept(&mut listener).await.0)
        };
        while let Some((place, stream)) = self.stop.run_until_cancelled(next()).await {
            let connection = self.clone();
            let serving = async move {
                connection.cut.clone().run_until_cancelled(connection.serve(stream)).await;
                drop(place);
            };
            self.open.spawn(serving.with_current_subscriber());
        }
    }

    /// Waits until all have ended, each after the answer that is under way on it.
    pub(crate) async fn ended(&self) {
        self.open.close();
        self.open.wait().await;
    }

    /// Ends those that are left, whatever they wait for, and gives how many these were.
    pub(crate) fn cut_off(&self) -> usize {
        self.cut.cancel();
        self.open.len()
    }

    async fn serve(self, stream: TcpStream) {
        let pace = Pace::begin(self.policy.head_timeout, self.policy.idle_timeout);
        let (received, sent, asked) = (pace.clone(), pace.clone(), pace.clone());
        let writes = InspectWriter::new(stream, move |_: &[u8]| sent.sent());
        let stream = InspectReader::new(writes, move |bytes: &[u8]| {
            if !bytes.is_empty() {
                received.received();
            }
        });
        let service = self.service;
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            asked.is_asked();
            // Routes are always ready for another request.
            let (answer, asked) = (service.clone().call(request.map(Body::new)), asked.clone());
            async move {
                let answer = answer.await;
                asked.has_answered();
                answer
            }
        });
        let head = self.policy.head_bytes.count();
        let mut http = http1::Builder::new();
        http.max_header_size(head).max_buf_size(head.max(LEAST_BUFFER));
        let mut connection = http.serve_connection(TokioIo::new(stream), service);
        let mut timer = pin!(sleep_until(tokio::time::Instant::now() + self.policy.head_timeout));
        let mut told = false;
        let in_time = loop {
            tokio::select! {
                in_time = poll_fn(|context| step(&mut connection, &pace, timer.as_mut(), context)) => break in_time,
                () = self.stop.cancelled(), if !told => {
                    told = true;
                    Pin::new(&mut connection).graceful_shutdown();
                }
            }
        };
        match in_time {
            false => debug!(outcome = "too_slow", "a client took longer than it may"),
            true if told => {}
            true => linger(connection.into_parts().io.into_inner()).await,
        }
    }
}

/// Goes on with a connection, and tells when it has ended: by itself, or because the client's time is over.
fn step(
    connection: &mut (impl Future + Unpin),
    pace: &Pace,
    mut timer: Pin<&mut Sleep>,
    context: &mut Context<'_>,
) -> Poll<bool> {
    // Everything that changes the pace happens in here, so the timer is always right afterwards.
    if Pin::new(connection).poll(context).is_ready() {
        return Poll::Ready(true);
    }
    while let Some(end) = pace.ends() {
        // One that is too early is left to ring: it costs less than to wind it at each byte.
        if end < timer.deadline() || timer.is_elapsed() {
            timer.as_mut().reset(end);
        }
        ready!(timer.as_mut().poll(context));
        if end <= timer.deadline() {
            return Poll::Ready(false);
        }
    }
    Poll::Pending
}

/// Reads on for a moment after the last answer, and keeps nothing of it: a client that still sends would get a reset
/// instead of the answer.
async fn linger(mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin) {
    let read = async {
        stream.shutdown().await?;
        while stream.read(&mut [0; 4096]).await? > 0 {}
        Ok::<_, std::io::Error>(())
    };
    // Whether it has heard is its own affair.
    let _ = timeout(LINGER, read).await;
}
