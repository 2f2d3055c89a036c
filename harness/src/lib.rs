//! Everything a scenario needs, as a library that knows nothing of any server's code.
//!
//! A scenario gets all of it as one [`Lab`]. The parts can also be had alone, here a table behind a fault proxy and a
//! provider, all on loopback ports of their own:
//!
//! ```
//! use harness::dynamodb::{Embedded, Item, Table};
//! use harness::faults::{ErrorAnswer, FaultProxy, on};
//! use harness::observe::journal::{Journal, Peer};
//! use harness::providers::{Market, Provider};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> anyhow::Result<()> {
//! # let _ = rustls::crypto::ring::default_provider().install_default();
//! let (tier, journal) = (Embedded::in_memory(|| 0)?, Journal::default());
//! let table = Table::create(tier.endpoint(), "candles").await?;
//! table.put(Item::keyed("AAPL#tiingo", "D#2026-02-03T00:00:00Z").with_n("close", "150.125")).await?;
//!
//! // Whoever asks through the proxy meets the fault, once.
//! let proxy = FaultProxy::start(tier.endpoint(), journal.clone(), 7).await?;
//! proxy.inject(on("Query").first(1), ErrorAnswer::throttled());
//! let asked = Table::existing(&proxy.url().into(), "candles");
//! assert!(asked.items_under("AAPL#tiingo").await.is_err());
//! assert_eq!(asked.items_under("AAPL#tiingo").await?[0].n("close"), Some("150.125"));
//!
//! // A provider over a market of made-up candles, which fails when it is told to.
//! let market = Market::new(7);
//! market.time_is("2026-02-03T22:00:00Z");
//! market.lists("AAPL").since("2020-01-02");
//! let tiingo = Provider::tiingo(&market, &journal, "a-key").await?;
//! tiingo.unavailable();
//! let url = format!("{}/tiingo/daily/AAPL/prices?startDate=2026-02-03&endDate=2026-02-03", tiingo.url());
//! let client = reqwest::Client::new();
//! assert_eq!(client.get(&url).header("authorization", "Token a-key").send().await?.status(), 503);
//! tiingo.recovers();
//! assert_eq!(client.get(&url).header("authorization", "Token a-key").send().await?.status(), 200);
//!
//! // Every call on every wire.
//! assert_eq!([Peer::DynamoDb, Peer::Tiingo].map(|peer| journal.to(peer).len()), [2, 2]);
//! # Ok(())
//! # }
//! ```
//!
//! - [`scenario`], [`verdict`], [`outcome`], [`run`]: what a scenario is, how it ends, and how it is run and proved
//! - [`matrix`]: every defect held against every scenario
//! - [`Lab`]: the isolated world of one scenario, with its [`Server`]s, asked by [`ohlc`]
//! - [`dynamodb`]: the tiers a server's table can live on
//! - [`faults`]: the fault proxy on the DynamoDB wire, one fault per file
//! - [`fidelity`]: two DynamoDBs held against each other
//! - [`providers`]: Tiingo and Finnhub on wiremock
//! - [`gate`]: hold and release, for races
//! - [`observe`]: the journal of wire calls, metrics
//! - [`Remains`]: what servers leave behind, and what must hold of all of it
//! - [`cargo`]: programs of this workspace, built when they are wanted
//! - [`targets`]: how a server under test is started, stopped and asked
//! - [`Dialect`]: the words of a server that says the contract's things in its own way
//! - [`report`]: terminal, JSON, JUnit XML, and a page for a browser

mod ask;
mod capability;
pub mod cargo;
mod clock;
mod contract;
mod credentials;
mod dialect;
pub mod dynamodb;
pub mod faults;
pub mod fidelity;
mod for_all;
pub mod gate;
mod jwt;
mod lab;
pub mod matrix;
pub mod observe;
pub mod outcome;
pub mod providers;
mod remains;
mod reply;
pub mod report;
pub mod run;
pub mod scenario;
mod server;
mod side_by_side;
pub mod targets;
mod time;
mod tolerance;
pub mod verdict;
mod words;

pub use ask::{Ask, ohlc};
pub use capability::{Need, Unsupported};
pub use clock::Clock;
pub use contract::{ADMIN_TOKEN, TOKEN};
pub use credentials::Credentials;
pub use dialect::{Authentication, Dialect};
pub use for_all::for_all;
pub use futures_util::future::LocalBoxFuture;
pub use inventory;
pub use jwt::{Jwt, jwt};
pub use lab::Lab;
pub use remains::Remains;
pub use reply::Reply;
pub use scenario::{Citation, Priority, Scenario};
pub use server::{Connection, Ending, Server, Stopping};
pub use time::{Span, Time};
pub use tolerance::{band, milliseconds, tolerance};
pub use verdict::{Failure, Stop, Verdict, expect};
