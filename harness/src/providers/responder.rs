//! What wiremock answers from: the market, and the key that is accepted.

use std::sync::Arc;

use hyper::Method;
use wiremock::{Request, Respond, ResponseTemplate};

use super::asked::{Asked, without_secrets};
use super::behaviour::Behaviour;
use super::call::KeySent;
use super::dialect::Dialect;
use super::market::Market;
use super::reply::Reply;

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
        let asked = Asked::from(&request.url);
        let sent = self.dialect.key(&request.headers, &asked);
        let reply = match KeySent::judge(sent, &self.behaviour.key()) {
            _ if request.method != Method::GET => self.dialect.refusal(405),
            KeySent::Missing => self.dialect.no_key(),
            KeySent::Wrong => self.dialect.refusal(401),
            KeySent::Right => self.answer(request, &asked),
        };
        reply.into_template()
    }
}

impl Responder {
    fn answer(&self, request: &Request, asked: &Asked) -> Reply {
        self.dialect.answer(&self.market, asked).unwrap_or_else(|what| {
            let call = without_secrets(request.url.path(), request.url.query(), &self.behaviour.key());
            self.behaviour.does_not_know(format!("{} {call} ({what})", request.method));
            self.dialect.refusal(400)
        })
    }
}
