//! What wiremock answers from: the market, and the key that is accepted.

use std::sync::Arc;

use hyper::Method;
use wiremock::{Request, Respond, ResponseTemplate};

use super::asked::Asked;
use super::behaviour::Behaviour;
use super::call::KeySent;
use super::dialect::Dialect;
use super::market::Market;

/// Answers that a provider knows. Wiremock drops it on a thread of its own, whenever that is: nothing of the scenario's
/// runtime may hang on it.
#[derive(Debug)]
pub(super) struct Responder {
    pub(super) dialect: &'static dyn Dialect,
    pub(super) market: Market,
    pub(super) behaviour: Arc<Behaviour>,
}

impl Respond for Responder {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let sent = self.dialect.key(&request.headers);
        let reply = match KeySent::judge(sent, &self.behaviour.key()) {
            _ if request.method != Method::GET => self.dialect.refusal(405),
            KeySent::Missing => self.dialect.no_key(),
            KeySent::Wrong => self.dialect.refusal(401),
            KeySent::Right => self.dialect.answer(&self.market, &Asked::from(&request.url)),
        };
        reply.into_template()
    }
}
