//! The reference server of Candlecheck: candles from memory, then DynamoDB, then Tiingo or Finnhub.
//!
//! A request passes these stations: [`http`] (routes, auth, headers), [`request`] (one frozen context), `handler`
//! (answer within the ceiling), `pipeline` (memory, table, lock, second look, provider), [`l1`], [`store`],
//! [`providers`], and `write_through`. [`candle`] and [`market`] are at the bottom; [`telemetry`] and [`clock`] serve
//! all. Every decision on the way stands in [`rules`]. [`warming`] sends requests of its own along the same way.

pub mod answer;
pub mod cache_layer;
pub mod candle;
pub mod clock;
pub mod command;
pub mod completeness;
pub mod error;
mod fail_points;
mod flights;
pub mod freshness;
mod handler;
pub mod http;
pub mod key;
pub mod l1;
pub mod market;
mod pipeline;
pub mod providers;
pub mod request;
pub mod rules;
mod server;
pub mod settings;
mod signals;
pub mod store;
pub mod telemetry;
#[cfg(feature = "test-controls")]
mod under_test;
pub mod warming;
pub mod write_through;

pub use server::{Server, StartError};
pub use signals::stop_on_signal;
