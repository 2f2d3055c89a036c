//! The binary as an operator meets it: what it refuses to start with and what it says then, how it starts while
//! DynamoDB is away, and how it ends.

mod binary;
mod command_line;
mod life;
mod settings;
mod visitor;
