//! The reference server of Candlecheck: candles from memory, then DynamoDB, then Tiingo or Finnhub.
//!
//! A request passes these stations: [`http`] (routes, auth, headers), [`request`] (one frozen context), `handler`
//! (answer within the deadline), `look_up` (table, lock, second look), `fetch` (provider), [`l1`], [`store`],
//! [`providers`], and `write_through`. [`candle`] and [`market`] are at the bottom; [`telemetry`] and [`clock`] serve
//! all. Each station declares its own policy, and receives that alone: [`policies`] composes them. The world enters by
//! [`ports`]. [`warming`] sends requests of its own along the same way.
//!
//! ```
//! use std::sync::Arc;
//!
//! use ohlc_server::clock::SystemClock;
//! use ohlc_server::settings::{Environment, Settings};
//! use ohlc_server::telemetry::LogWriter;
//! use ohlc_server::{Policies, Ports, Server};
//! use tokio::net::TcpListener;
//! use tokio_util::sync::CancellationToken;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let _ = rustls::crypto::ring::default_provider().install_default();
//! let environment: Environment = [
//!     ("OHLC_CACHE_TABLE", "prod-ohlc-cache"),
//!     ("OHLC_API_TOKENS", "reader-token"),
//!     ("TIINGO_API_KEY", "a-key"),
//!     ("AWS_REGION", "us-east-1"),
//! ]
//! .into_iter()
//! .collect();
//! let policies = Policies::read(&environment);
//! let settings = Settings::read(&environment, &policies).await?;
//! let ports = Ports::new(environment, Arc::new(SystemClock), LogWriter::new(|_| Ok(())));
//!
//! // Nothing is connected to yet: a cache must start while DynamoDB is down.
//! let server = Server::new(settings, policies, ports).await?;
//! let (listener, stop) = (TcpListener::bind("127.0.0.1:0").await?, CancellationToken::new());
//! let url = format!("http://{}/healthz", listener.local_addr()?);
//! let serving = tokio::spawn(server.run(listener, stop.clone()));
//! assert_eq!(reqwest::get(&url).await?.status(), 200);
//! stop.cancel();
//! serving.await??;
//! # Ok(())
//! # }
//! ```

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
