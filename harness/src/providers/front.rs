//! A small HTTP server on loopback that can also end a connection without an answer.

use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::reply::Sent;

/// Instead of an answer: the connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Ended {
    /// As a server ends it that is done with it.
    #[error("the connection is closed")]
    Closed,
    /// As a system ends it that knows of none.
    #[error("the connection is reset")]
    Reset,
}

/// The listening end. Dropping it ends every connection.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    /// Ends the connections that there are by now.
    open: Arc<Mutex<CancellationToken>>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Front {
    /// Listens on a port of the system's choice, and answers each request with what `answer` makes of it, given its
    /// number on its connection.
    pub(super) async fn start<A, F>(answer: A) -> io::Result<Self>
    where
        A: Fn(Request<Incoming>, usize) -> F + Clone + Send + Sync + Unpin + 'static,
        F: Future<Output = Result<Response<Sent>, Ended>> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let stop = CancellationToken::new();
        let front = Self {
            address: listener.local_addr()?,
            connections: Arc::default(),
            open: Arc::new(Mutex::new(stop.child_token())),
            stop,
            tasks: TaskTracker::new(),
        };
        let (connections, open) = (Arc::clone(&front.connections), Arc::clone(&front.open));
        let tasks = front.tasks.clone();
        let accepting = async move {
            loop {
                // A client that is gone again before it was accepted is none of our business.
                let Ok((stream, _)) = listener.accept().await else { continue };
                connections.fetch_add(1, Ordering::Relaxed);
                // Answers leave at once, also the small ones on a connection that is kept.
                _ = stream.set_nodelay(true);
                let closed = open.lock().unwrap_or_else(PoisonError::into_inner).clone();
                tasks.spawn(closed.run_until_cancelled_owned(serve(stream, answer.clone())));
            }
        };
        front.tasks.spawn(front.stop.clone().run_until_cancelled_owned(accepting));
        Ok(front)
    }

    /// How many connections were opened so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Ends the connections that there are by now. New ones may be opened.
    pub(super) fn close_connections(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *open, self.stop.child_token()).cancel();
    }

    /// Ends every connection, and waits until nothing of it is left.
    pub(super) async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Serves one connection to its end.
async fn serve<A, F>(stream: TcpStream, answer: A)
where
    A: Fn(Request<Incoming>, usize) -> F + Send + Sync + Unpin + 'static,
    F: Future<Output = Result<Response<Sent>, Ended>> + Send + 'static,
{
    let (turn, reset) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let resets = Arc::clone(&reset);
    let service = service_fn(move |request| {
        let (answer, reset) = (answer(request, 1 + turn.fetch_add(1, Ordering::Relaxed)), Arc::clone(&resets));
        async move {
            let answered = answer.await;
            reset.store(matches!(answered, Err(Ended::Reset)), Ordering::Relaxed);
            answered
        }
        .boxed()
    });
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // It ends in an error when it is dropped or the client leaves, which is as it should be.
    _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    if reset.load(Ordering::Relaxed) {
        _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
