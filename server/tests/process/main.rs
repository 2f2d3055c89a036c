//! The binary as an operator meets it: what it refuses to start with and what it says then, how it starts while
//! DynamoDB is away, to whom it speaks TLS, and how it ends.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod binary;
mod child;
mod client;
mod command_line;
mod dashboard;
mod life;
mod settings;
mod tls;
mod under_test;
mod warm;
