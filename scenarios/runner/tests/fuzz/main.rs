//! Whatever comes in, nothing panics, and what must hold of it holds: inputs are the seeds of a corpus under
//! `fixtures/fuzz`, changed in small ways. `.ci/fuzz` tries many more of them than a test run does.

mod calls;
mod http;
mod inputs;
mod items;
mod providers;
mod requests;
mod targets;
