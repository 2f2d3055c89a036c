//! A small HTTP server on loopback that can also end a connection without an answer.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Instead of an answer: the connection ends.
#[derive(Debug, thiserror::Error)]
#[error("the connection is dropped")]
pub(super) struct Dropped;

/// The listening end. Dropping it ends every connection.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Front {
    /// Listens on a port of the system's choice, and answers each request with what `answer` makes of it.
    pub(super) async fn start<A, F>(answer: A) -> io::Result<Self>
    where
        A: Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Response<Bytes>, Dropped>> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let front = Self {
            address: listener.local_addr()?,
            connections: Arc::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        let (connections, stop, tasks) = (Arc::clone(&front.connections), front.stop.clone(), front.tasks.clone());
        let accepting = async move {
            loop {
                // A client that is gone again before it was accepted is none of our business.
                let Ok((stream, _)) = listener.accept().await else { continue };
                connections.fetch_add(1, Ordering::Relaxed);
                // Answers leave at once, also the small ones on a connection that is kept.
                _ = stream.set_nodelay(true);
                let answer = answer.clone();
                let service = service_fn(move |request| {
                    let answer = answer(request);
                    async move { answer.await.map(|response| response.map(Full::new)) }
                });
                let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                // It ends in an error when it is dropped or the client leaves, which is as it should be.
                tasks.spawn(stop.clone().run_until_cancelled_owned(connection));
            }
        };
        front.tasks.spawn(front.stop.clone().run_until_cancelled_owned(accepting));
        Ok(front)
    }

    /// How many connections were opened so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Ends every connection, and waits until nothing of it is left.
    pub(super) async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
