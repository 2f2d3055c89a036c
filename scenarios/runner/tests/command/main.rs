//! The command `candlecheck` as a script meets it: exit codes, what goes to standard output, and what it leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod binary;
mod catalogue;
#[path = "../../../../server/tests/process/child.rs"]
mod child;
mod client;
mod fidelity;
mod help;
mod matrix;
mod reports;
mod sanity;
mod serve;
mod target;
mod tiers;
mod usage;
mod verify;
