//! The tiers a server's table can live on, and the table as the harness sees it.
//!
//! - [`Tier`]: what a whole run lives on, started once from a [`TierChoice`]; each lab takes a [`Share`] of it
//! - [`Embedded`]: dynoxide inside this process, up in a millisecond
//! - [`Place`]: where a table of one's own is
//! - [`Table`] and [`Item`]: what a scenario arranges and looks at, past the fault proxy

mod aws_table;
mod choice;
mod container;
mod embedded;
mod endpoint;
mod error;
mod facts;
mod item;
mod share;
mod table;
mod tier;

pub use aws_table::{Place, Signer};
pub use choice::TierChoice;
pub use container::build_image;
pub use embedded::Embedded;
pub use endpoint::Endpoint;
pub use error::TierError;
pub use facts::TierFacts;
pub use item::Item;
pub use share::Share;
pub use table::Table;
pub use tier::Tier;
