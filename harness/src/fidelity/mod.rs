//! The fidelity run: a battery of operations on two DynamoDBs through the wire, and what their differences mean for the
//! catalogue.
//!
//! - [`Operation`]: one line of the battery, which [`operations`] lists by theme
//! - [`Side`]: a DynamoDB with a table of its own, reached through a [`Wire`]
//! - [`Battery`]: asks both sides the same, and compares
//! - [`Accepted`]: the differences that somebody has looked at
//! - [`features`]: what a call makes use of, in which battery and catalogue are held together
//! - [`Coverage`] and [`Reliance`]: what each scenario relies on, and so how far it can be trusted
//! - [`LastSuccess`]: when two sides last agreed
//! - [`report`]: all of it, for people and for programs

mod accepted;
mod answer;
mod battery;
mod choice;
mod compare;
mod emulator;
mod features;
mod lab_calls;
mod last_success;
mod normal;
mod operation;
pub mod operations;
mod reliance;
pub mod report;
mod side;
mod start;
mod wire;

pub use accepted::{Accepted, Entry, Verdict};
pub use answer::{Answer, Checksum};
pub use battery::{Battery, Compared, Finding, Outcome};
pub use choice::SideChoice;
pub use compare::{Difference, Kind};
pub use features::{Features, features};
pub use lab_calls::lab_calls;
pub use last_success::{LastSuccess, comparison};
pub use operation::{Call, Manner, Operation, Purpose, Step};
pub use reliance::{Coverage, Reliance, Trust};
pub use side::Side;
pub use start::{SideError, Started};
pub use wire::Wire;
