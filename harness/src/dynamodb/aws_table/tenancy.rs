//! Keeps the calls of a lab to its compartment of a shared table.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::StatusCode;
use serde_json::json;

use super::compartment::{Compartment, Refused};
use crate::faults::{Answer, Call, Connection, Upstream};

/// The way to a compartment: whoever calls there takes it for a table of its own.
pub(in crate::dynamodb) struct Tenancy {
    connection: Connection,
    compartment: Arc<Compartment>,
}

impl Tenancy {
    /// The way to this compartment of the table at the other end of the connection.
    pub(in crate::dynamodb) fn of(compartment: &Arc<Compartment>, connection: Connection) -> Self {
        Self { connection, compartment: Arc::clone(compartment) }
    }

    async fn keep_in(&self, call: Call) -> anyhow::Result<Answer> {
        let (operation, items) = (call.operation().to_owned(), call.accesses().len());
        let body = match self.compartment.inward(&operation, call.json()) {
            Ok(body) => body,
            Err(refused) => return Ok(refusal(&refused)),
        };
        // The answer has to be read here.
        let call = call.with_body(&body).uncompressed();
        let _open = self.compartment.ledger().enter().await;
        let answer = self.connection.send(call).await?;
        self.compartment.ledger().note(&operation, items, answer.body().len());
        let body = answer.json();
        match body.is_object() {
            true => Ok(answer.with_body(self.compartment.outward(body).to_string())),
            false => Ok(answer),
        }
    }
}

impl Upstream for Tenancy {
    fn send(&self, call: Call) -> BoxFuture<'_, anyhow::Result<Answer>> {
        self.keep_in(call).boxed()
    }

    fn end(&self) -> BoxFuture<'_, ()> {
        self.connection.end()
    }
}

/// What a server gets for a call that has no place in a shared table.
fn refusal(refused: &Refused) -> Answer {
    let kind = "com.amazon.coral.service#AccessDeniedException";
    Answer::new(StatusCode::BAD_REQUEST, &json!({ "__type": kind, "message": refused.to_string() }))
}
