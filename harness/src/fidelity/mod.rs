//! The fidelity run: a battery of operations on two DynamoDBs through the wire, and what their differences mean for the
//! catalogue.
//!
//! - [`Operation`]: one line of the battery, which [`operations`] lists by theme
//! - [`Side`]: a DynamoDB with a table of its own, reached through a [`Wire`]
//! - [`Battery`]: asks both sides the same, and compares
//! - [`Accepted`]: the differences that somebody has looked at
//! - [`features`]: what a call makes use of, in which battery and catalogue are held together

mod accepted;
mod answer;
mod battery;
mod compare;
mod features;
mod normal;
mod operation;
pub mod operations;
mod side;
mod wire;

pub use accepted::{Accepted, Entry};
pub use answer::{Answer, Checksum};
pub use battery::{Battery, Compared, Finding, Outcome};
pub use compare::{Difference, Kind};
pub use features::{Features, features};
pub use operation::{Call, Manner, Operation, Purpose, Step};
pub use side::Side;
pub use wire::Wire;
