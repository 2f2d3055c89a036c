//! How a refusal is provoked and judged.

use candlecheck::SEED;
use candlecheck::reference::Reference;
use harness::dynamodb::Tier;
use harness::{ADMIN_TOKEN, Lab, Reply, Server, TOKEN, Verdict, expect};
use serde_json::{Value, json};

/// A world around the healthy server.
pub(crate) async fn world() -> Verdict<Lab> {
    Ok(Lab::open(Reference::healthy(), &Tier::embedded(), SEED).await?)
}

/// One row of the error table, and what the sentence must say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) field: Option<&'static str>,
    pub(crate) says: &'static [&'static str],
}

impl Refusal {
    /// The answer is this refusal, with everything that all refusals have in common.
    pub(crate) fn judge(&self, what: &str, reply: &Reply) -> Verdict {
        let about = |part: &str| format!("{part} of {what}");
        expect(about("the status"), reply.status).is(self.status)?;
        expect(about("the code"), reply.field("code")).is(json!(self.code))?;
        expect(about("the field"), reply.field("field")).is(json!(self.field))?;
        let sentence = reply.field("error").as_str().unwrap_or_default().to_owned();
        for words in self.says {
            expect(about("the sentence"), &sentence).holds(format!("to say {words:?}"), |text| text.contains(words))?;
        }
        expect(about("the sentence's length"), sentence.chars().count()).is_at_most(200)?;

        let id = reply.header("x-request-id");
        expect(about("X-Request-Id"), id).is_not("")?;
        expect(about("request_id"), reply.field("request_id")).is(json!(id))?;
        expect(about("Cache-Control"), reply.header("cache-control")).is("no-store")?;
        expect(about("Content-Type"), reply.header("content-type")).is("application/json")?;
        let waits = matches!(self.status, 429 | 503);
        expect(about("whether Retry-After is there"), !reply.header("retry-after").is_empty()).is(waits)?;

        let body: Value = serde_json::from_str(&reply.text).unwrap_or_default();
        let fields: Vec<_> = body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        expect(about("the fields"), fields).is(["code", "error", "field", "request_id"])?;
        let quoted = [TOKEN, ADMIN_TOKEN].iter().any(|token| reply.text.contains(token));
        expect(about("whether a token is quoted"), quoted).is(false)
    }
}

/// `GET path` by a reader.
pub(crate) async fn get(server: &Server, path: &str) -> Verdict<Reply> {
    server.get(path, &[]).await
}

/// `POST /api/v2/cache/invalidate` with this token.
pub(crate) async fn invalidate(server: &Server, token: &str, body: &str) -> Verdict<Reply> {
    let headers = [("authorization".to_owned(), format!("Bearer {token}"))];
    server.send("POST", "/api/v2/cache/invalidate", &headers, body).await
}
