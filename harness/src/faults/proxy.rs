//! The proxy itself: takes calls, lets faults meet them, keeps the journal.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::next::Journey;
use super::rules::Rules;
use super::tasks::Tasks;
use super::wire::Wire;
use super::{
    Call, Connection, Fault, Hold, HoldReply, Injected, LaggingReplica, Matching, ReplicaLag, Reply, Upstream,
};
use crate::dynamodb::{Endpoint, Table};
use crate::gate::{Gate, gate};
use crate::observe::journal::{Journal, Peer};

/// A proxy between a server and the tier that its table lives on. It stops when dropped; [`FaultProxy::stop`]
/// also waits until nothing of it is left.
pub struct FaultProxy {
    url: String,
    ends: Arc<Ends>,
}

impl FaultProxy {
    /// Starts a proxy to this tier, on a loopback port of its own.
    ///
    /// What happens by chance ([`Matching::sometimes`]) is the same for the same seed and the same calls.
    ///
    /// # Errors
    /// When its URL is not valid, or there is no loopback port to listen on.
    pub async fn start(tier: impl Into<Endpoint>, journal: Journal, seed: u64) -> anyhow::Result<Self> {
        Self::before(Connection::to(tier)?, journal, seed).await
    }

    /// As [`start`](Self::start), before whatever brings calls to the tier.
    ///
    /// # Errors
    /// When there is no loopback port to listen on.
    pub async fn before(upstream: impl Upstream, journal: Journal, seed: u64) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let rules = Arc::new(Rules::seeded(seed));
        let wire = Arc::new(Wire { upstream: Box::new(upstream), journal, rules });
        let ends =
            Arc::new(Ends { wire, tasks: Tasks::default(), connections: AtomicUsize::new(0), open: Mutex::default() });
        ends.tasks.spawn(Arc::clone(&ends).listen(listener));
        Ok(Self { url, ends })
    }

    /// Where a server finds it instead of DynamoDB: `http://127.0.0.1:41873`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lets a fault meet these calls from now on.
    pub fn inject(&self, matching: Matching, fault: impl Fault) -> Injected {
        self.ends.wire.rules.inject(matching, fault)
    }

    /// Holds these calls before they reach DynamoDB, until the gate lets them go.
    pub fn hold(&self, matching: Matching) -> Gate {
        let (gate, barrier) = gate();
        self.inject(matching, Hold::at(barrier));
        gate
    }

    /// Holds the answers to these calls, which DynamoDB has carried out by then.
    pub fn hold_reply(&self, matching: Matching) -> Gate {
        let (gate, barrier) = gate();
        self.inject(matching, HoldReply::at(barrier));
        gate
    }

    /// Answers eventually consistent reads among these calls with the table as it is now, until the replica
    /// has caught up.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn lag(&self, matching: Matching, table: &Table) -> anyhow::Result<LaggingReplica> {
        let lag = ReplicaLag::behind(table).await?;
        Ok(LaggingReplica::new(self.inject(matching, lag)))
    }

    /// How often any fault did something to a call: 0 means that a scenario has proved nothing yet.
    pub fn faults_applied(&self) -> usize {
        self.ends.wire.rules.applied()
    }

    /// How many connections were opened to it so far.
    pub fn connections(&self) -> usize {
        self.ends.connections.load(Ordering::Relaxed)
    }

    /// Ends the connections that there are by now, without a word, as a service does that waits no longer.
    pub fn closes_kept_connections(&self) {
        std::mem::take(&mut *self.ends.open()).cancel();
    }

    /// Ends everything, calls under way and held ones included, and waits until nothing is left.
    pub async fn stop(self) {
        self.ends.tasks.ended().await;
        self.ends.wire.upstream.end().await;
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.ends.tasks.end();
    }
}

/// Where calls come in, and what they go through.
struct Ends {
    wire: Arc<Wire>,
    tasks: Tasks,
    connections: AtomicUsize,
    /// Ends the connections that there are by now.
    open: Mutex<CancellationToken>,
}

impl Ends {
    async fn listen(self: Arc<Self>, listener: TcpListener) {
        loop {
            // A caller that has gone again before it was accepted is no reason to stop.
            if let Ok((stream, _)) = listener.accept().await {
                self.connections.fetch_add(1, Ordering::Relaxed);
                let closed = self.open().clone();
                self.tasks.spawn(closed.run_until_cancelled_owned(Arc::clone(&self).serve(stream)));
            }
        }
    }

    fn open(&self) -> MutexGuard<'_, CancellationToken> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(self: Arc<Self>, stream: TcpStream) {
        // Fails only when the caller has gone, which the connection finds out by itself.
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            // The SDK sets its signing clock by this header: what the tier does not send, no one does.
            .auto_date_header(false)
            .serve_connection(TokioIo::new(stream), service_fn(|request| self.take(request)));
        // Ends with an error when a fault dropped the connection, or the caller did.
        let _ = connection.await;
    }

    async fn take(self: &Arc<Self>, request: Request<Incoming>) -> anyhow::Result<Response<Full<Bytes>>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let call = Call::read(Request::from_parts(head, body));
        // In a task of its own: what was sent still reaches DynamoDB when its caller has given up waiting.
        let reply = self.tasks.spawn(answer(Arc::clone(&self.wire), call)).await?;
        match reply {
            Some(Reply::Answered(answer)) => Ok(answer.into_response().map(Full::new)),
            Some(Reply::Dropped) | None => anyhow::bail!("the connection is to be closed"),
        }
    }
}

async fn answer(wire: Arc<Wire>, call: Call) -> Reply {
    let number = wire.journal.begin(Peer::DynamoDb, call.operation(), call.subject(), call.body().clone());
    let rules = wire.rules.met_by(&call);
    let reply = Journey::new(&wire, number).go(&rules, call).await;
    match &reply {
        Reply::Answered(answer) => {
            wire.journal.answer(number, answer.status().as_u16(), answer.body().clone());
        }
        Reply::Dropped => wire.journal.answer(number, 0, Value::Null),
    }
    reply
}
