//! Tiingo and Finnhub as a server under test sees them: real request and response shapes, on loopback.
//!
//! Both doubles answer from one [`Market`], so that they agree on every candle. What a scenario arranges there (holes,
//! splits, rows that are no candles) is said on a [`Listing`]; what it does to the wire (refusals, hangs, gates) on a
//! [`Provider`].
//!
//! ```no_run
//! # async fn scenario() -> anyhow::Result<()> {
//! use harness::observe::journal::Journal;
//! use harness::providers::{Market, Provider};
//!
//! let market = Market::new(42);
//! let tiingo = Provider::tiingo(&market, &Journal::default(), "key").await?;
//! tiingo.lists("AAPL").since("2025-01-02").without(["2025-03-04"]);
//! tiingo.rate_limited(Some(30)).for_calls(1);
//! let gate = tiingo.hold_answers();
//! // … ask the server that was told `tiingo.url()` …
//! gate.open();
//! assert_eq!(tiingo.calls_about("AAPL").len(), 1);
//! assert_eq!(tiingo.expected("AAPL", "D", "2025-03-03", "2025-03-05").len(), 2);
//! # Ok(())
//! # }
//! ```

mod actions;
mod asked;
mod behaviour;
mod call;
mod dialect;
mod dice;
mod expected;
mod finnhub;
mod front;
mod generator;
mod journaled;
mod listed;
mod listing;
mod market;
mod provider;
mod recorded;
mod reply;
mod resolution;
mod responder;
mod row;
mod sessions;
mod tiingo;
mod window;
mod words;

pub use behaviour::FaultGuard;
pub use call::{KeySent, ProviderCall};
pub use expected::ExpectedCandle;
pub use listing::Listing;
pub use market::Market;
pub use provider::Provider;
pub use recorded::GOOG_DAILY;
pub use reply::Reply as ProviderReply;
pub use resolution::Resolution;
pub use row::Row;
pub use sessions::{Bucket, Session, session_on, sessions_between};
pub use words::Word;
