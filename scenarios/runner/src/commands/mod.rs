//! The commands, one a file.

pub(crate) mod list;
mod output;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod verify;
