//! The commands, one a file.

pub(crate) mod fidelity;
pub(crate) mod image;
pub(crate) mod list;
pub(crate) mod new_regression;
mod output;
pub(crate) mod rules;
pub(crate) mod sanity;
pub(crate) mod serve;
pub(crate) mod soak;
pub(crate) mod verify;

/// How wide tables are, in columns: what a window on a laptop shows.
const WIDTH: u16 = 140;
