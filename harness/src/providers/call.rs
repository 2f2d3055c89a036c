//! The calls that a provider received.

use serde_json::Value;

use super::asked::Asked;
use super::dialect::Dialect;
use crate::observe::journal::Exchange;

/// Which key came with a call. The key itself is never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySent {
    /// The one that the provider accepted at that time.
    Right,
    /// Another one.
    Wrong,
    /// None where the contract wants it.
    Missing,
}

/// One call to a provider.
#[derive(Debug, Clone)]
pub struct ProviderCall {
    /// Its number in the journal.
    pub number: usize,
    /// The path of its URL.
    pub path: String,
    /// The parameters of its URL in order, decoded.
    pub query: Vec<(String, String)>,
    /// The ticker that it is about, in the provider's spelling.
    pub ticker: Option<String>,
    /// Which key came with it.
    pub key: KeySent,
    /// What codings of a body it asks for, as it says so.
    pub codings: Option<String>,
    /// HTTP status of the answer; 0 when the connection was dropped, `None` while there is none.
    pub status: Option<u16>,
}

impl ProviderCall {
    /// The first value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn read(dialect: &dyn Dialect, exchange: &Exchange) -> Option<Self> {
        let asked = Asked::read(&exchange.subject)?;
        let ticker = dialect.ticker(&asked).map(str::to_owned);
        Some(Self {
            number: exchange.number,
            ticker,
            path: asked.path,
            query: asked.query,
            key: KeySent::read(&exchange.request["key"]),
            codings: exchange.request["codings"].as_str().map(str::to_owned),
            status: exchange.answer.as_ref().map(|answer| answer.status),
        })
    }
}

impl KeySent {
    pub(super) fn judge(sent: Option<&str>, right: &str) -> Self {
        match sent {
            Some(key) if key == right => KeySent::Right,
            Some(_) => KeySent::Wrong,
            None => KeySent::Missing,
        }
    }

    /// How the journal names it.
    pub(super) fn noted(self) -> Value {
        self.word().into()
    }

    fn read(noted: &Value) -> Self {
        let word = noted.as_str();
        let known = [KeySent::Right, KeySent::Wrong].into_iter().find(|key| word == Some(key.word()));
        known.unwrap_or(KeySent::Missing)
    }

    fn word(self) -> &'static str {
        match self {
            KeySent::Right => "right",
            KeySent::Wrong => "wrong",
            KeySent::Missing => "missing",
        }
    }
}
