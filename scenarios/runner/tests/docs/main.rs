//! The pages tell the truth: every command, path and link that they name is there, and every piece of code in them is
//! a quotation, or is read by what it is for.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod code;
mod commands;
mod links;
mod page;
mod paths;
mod scripts;
