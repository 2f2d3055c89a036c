//! What the two providers' APIs differ in.

use std::fmt::Debug;

use hyper::HeaderMap;

use super::asked::Asked;
use super::market::Market;
use super::reply::Reply;
use crate::observe::journal::Peer;

/// One provider's API.
pub(super) trait Dialect: Debug + Send + Sync {
    /// Its name in the journal.
    fn peer(&self) -> Peer;

    /// Where its paths begin.
    fn base_path(&self) -> &'static str;

    /// The key that came with a request.
    fn key<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str>;

    /// The ticker that is asked about, in the provider's spelling.
    fn ticker<'a>(&self, asked: &'a Asked) -> Option<&'a str>;

    /// The answer to a request with the right key.
    fn answer(&self, market: &Market, asked: &Asked) -> Reply;

    /// The answer to a request without a key.
    fn no_key(&self) -> Reply;

    /// How it says no with a status.
    fn refusal(&self, status: u16) -> Reply;
}
