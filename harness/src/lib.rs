//! Everything a scenario needs, as a library that knows nothing of any server's code.
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
pub use lab::Lab;
pub use remains::Remains;
pub use reply::Reply;
pub use scenario::{Citation, Priority, Scenario};
pub use server::{Server, Stopping};
pub use time::{Span, Time};
pub use tolerance::{band, milliseconds, tolerance};
pub use verdict::{Failure, Stop, Verdict, expect};
