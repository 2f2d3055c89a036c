//! The reference server of Candlecheck: candles from memory, then DynamoDB, then Tiingo or Finnhub.
//!
//! A request passes these stations: [`http`] (routes, auth, headers), [`request`] (one frozen context), `handler`
//! (answer within the deadline), `look_up` (table, lock, second look), `fetch` (provider), [`l1`], [`store`],
//! [`providers`], and `write_through`. [`candle`] and [`market`] are at the bottom; [`telemetry`] and [`clock`] serve
//! all. Each station declares its own policy, and receives that alone: [`policies`] composes them. The world enters by
//! [`ports`]. [`warming`] sends requests of its own along the same way.

pub mod answer;
mod answers;
pub mod cache_layer;
pub mod candle;
pub mod clock;
pub mod command;
pub mod completeness;
mod composition;
pub mod error;
mod fail_points;
mod fetch;
mod flights;
pub mod freshness;
pub mod handler;
pub mod http;
pub mod invalidation;
pub mod key;
pub mod l1;
pub mod look_up;
pub mod market;
pub mod policies;
pub mod policy;
pub mod ports;
mod process;
pub mod providers;
pub mod request;
#[cfg(test)]
pub(crate) mod samples;
mod server;
pub mod settings;
mod signals;
pub mod store;
pub mod telemetry;
#[cfg(feature = "test-controls")]
mod under_test;
pub mod warming;
mod write_through;

pub use policies::Policies;
pub use ports::Ports;
pub use process::Process;
pub use server::{Server, StartError};
