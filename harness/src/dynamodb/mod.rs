//! The tiers a server's table can live on, and the table as the harness sees it.
//!
//! - [`Embedded`]: dynoxide inside this process, up in a millisecond
//! - [`Table`] and [`Item`]: what a scenario arranges and looks at, past the fault proxy

mod embedded;
mod item;
mod table;

pub use embedded::Embedded;
pub use item::Item;
pub use table::Table;

/// Where a tier listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and port: `http://127.0.0.1:41873`.
    pub url: String,
}
