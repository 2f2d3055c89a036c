//! What happens to each call: it is noted, met by the fault of the hour, answered, held, and noted again.

use std::future::pending;
use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{ACCEPT_ENCODING, HOST};
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use super::asked::{Asked, without_secrets};
use super::behaviour::{Behaviour, Change, ProviderFault};
use super::call::KeySent;
use super::dialect::Dialect;
use super::front::Ended;
use super::market::Market;
use super::reply::{Reply, Sent};
use crate::observe::journal::Journal;
use crate::time::outside;

type Answer = Result<Reply, Ended>;

/// Where calls arrive.
#[derive(Debug)]
pub(super) struct Journaled {
    pub(super) dialect: &'static dyn Dialect,
    pub(super) market: Market,
    pub(super) journal: Journal,
    pub(super) behaviour: Arc<Behaviour>,
    /// The address of the wiremock server, without a path.
    double: String,
    client: Client<HttpConnector, Incoming>,
}

impl Journaled {
    pub(super) fn new(
        dialect: &'static dyn Dialect,
        market: &Market,
        journal: &Journal,
        key: &str,
        double: String,
    ) -> Self {
        Self {
            dialect,
            market: market.clone(),
            journal: journal.clone(),
            behaviour: Arc::new(Behaviour::good(key)),
            double,
            client: Client::builder(TokioExecutor::new()).build_http(),
        }
    }

    /// The front's answer to a call, given its number on its connection.
    pub(super) async fn take(&self, request: Request<Incoming>, turn: usize) -> Result<Response<Sent>, Ended> {
        let number = self.note(&request);
        let fault = self.behaviour.next_fault(turn);
        if let Some(fault) = &fault {
            self.journal.fault(number, fault.to_string());
        }
        let asked = Asked::read(&request.uri().to_string());
        let barriers = self.behaviour.barriers(asked.as_ref().and_then(|asked| self.dialect.ticker(asked)));
        // The answer is what the provider knew when it was asked, however long a gate holds it.
        let answer = self.meet(request, fault).await;
        for barrier in barriers {
            barrier.pass().await;
        }
        let Some(answer) = answer else { return pending().await };
        // Noted as text: the journal's JSON would take prices through floating point.
        let (status, body) = match &answer {
            Ok(reply) => (reply.status(), Value::from(reply.noted())),
            Err(_) => (0, Value::Null),
        };
        self.journal.answer(number, status, body);
        answer.map(Reply::into_response)
    }

    fn note(&self, request: &Request<Incoming>) -> usize {
        let key = self.behaviour.key();
        let uri = request.uri();
        let asked = Asked::read(&uri.to_string());
        let sent = asked.as_ref().and_then(|asked| self.dialect.key(request.headers(), asked));
        let sent = KeySent::judge(sent, &key);
        let subject = without_secrets(uri.path(), uri.query(), &key);
        let codings = request.headers().get(ACCEPT_ENCODING).and_then(|codings| codings.to_str().ok());
        let noted = json!({ "key": sent.noted(), "codings": codings });
        self.journal.begin(self.dialect.peer(), request.method().as_str(), subject, noted)
    }

    /// The answer that becomes of a call; `None` when there will never be one.
    async fn meet(&self, request: Request<Incoming>, fault: Option<ProviderFault>) -> Option<Answer> {
        match fault {
            None => Some(self.forward(request).await),
            Some(ProviderFault::Refuses { status, retry_after }) => {
                Some(Ok(self.dialect.refusal(status).retry_after(retry_after)))
            }
            Some(ProviderFault::Redirects { location }) => Some(Ok(Reply::redirect(&location))),
            Some(ProviderFault::Replies(reply)) => Some(Ok(reply)),
            Some(ProviderFault::Changes { change: Change(change), .. }) => {
                Some(self.forward(request).await.map(|reply| change(reply)))
            }
            Some(ProviderFault::Hangs) => None,
            Some(ProviderFault::Drops) => Some(Err(Ended::Closed)),
            Some(ProviderFault::Resets) => Some(Err(Ended::Reset)),
            Some(ProviderFault::Delays(delay)) => {
                let answer = self.forward(request).await;
                tokio::time::sleep(delay).await;
                Some(answer)
            }
        }
    }

    async fn forward(&self, mut request: Request<Incoming>) -> Answer {
        *request.uri_mut() = format!("{}{}", self.double, request.uri()).parse().map_err(|_| Ended::Closed)?;
        request.headers_mut().remove(HOST);
        // Wiremock has a thread of its own.
        outside(async {
            let (head, body) = self.client.request(request).await.map_err(|_| Ended::Closed)?.into_parts();
            let body = body.collect().await.map_err(|_| Ended::Closed)?.to_bytes();
            Ok(Reply::from(Response::from_parts(head, body)))
        })
        .await
    }
}
