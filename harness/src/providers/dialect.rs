//! What the two providers' APIs differ in, and what neither double knows.

use std::fmt::{self, Debug};

use hyper::HeaderMap;

use super::asked::Asked;
use super::market::Market;
use super::reply::Reply;
use crate::observe::journal::Peer;

/// A call that the double has no answer to, though its provider may: what of it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotKnown(pub(super) String);

impl NotKnown {
    /// A parameter with a value that is not known.
    pub(super) fn parameter(asked: &Asked, name: &str) -> Self {
        match asked.parameter(name) {
            Some(value) => Self(format!("{name}={value}")),
            None => Self(format!("no {name}")),
        }
    }
}

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One provider's API.
pub(super) trait Dialect: Debug + Send + Sync {
    /// Its name in the journal.
    fn peer(&self) -> Peer;

    /// Where its paths begin.
    fn base_path(&self) -> &'static str;

    /// The key that came with a request, in its header or in its query.
    fn key<'a>(&self, headers: &'a HeaderMap, asked: &'a Asked) -> Option<&'a str>;

    /// The ticker that is asked about, in the provider's spelling.
    fn ticker<'a>(&self, asked: &'a Asked) -> Option<&'a str>;

    /// The answer to a request with the right key.
    ///
    /// # Errors
    /// What of it the double does not know. Nobody may be blamed for that.
    fn answer(&self, market: &Market, asked: &Asked) -> Result<Reply, NotKnown>;

    /// The answer to a request without a key.
    fn no_key(&self) -> Reply;

    /// How it says no with a status.
    fn refusal(&self, status: u16) -> Reply;
}
