//! Servers that are not ours: what their files may say, what is said of files that are wrong, and that what a file says
//! is done. The servers are shell scripts and wiremock; the harness does not care.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod controls;
mod described;
mod dialect;
mod life;
mod mistakes;
mod running;
