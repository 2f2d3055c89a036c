//! Building the server: by Cargo, because nobody else knows whether the binary that lies there is this source's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ohlc_server::settings::Environment;
use serde_json::Value;

/// The binary, and its package.
const SERVER: &str = "ohlc-server";
/// The workspace that this command was built from.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Why there is no binary, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Unbuilt {
    /// There is nothing to build from.
    #[error("the server's source is not in {0}, where this command was built; run it from a checkout with `cargo run`")]
    NoSource(String),
    /// There is nobody to build it.
    #[error("{cargo} cannot be run: {cause}; install Rust from https://rustup.rs, or set CARGO to where cargo is")]
    NoCargo {
        /// What was tried.
        cargo: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// It could not be built.
    #[error("the server does not build: see above, or run `cargo build --bin ohlc-server`")]
    Failed,
}

/// With what the server is built, and so with which features of its dependencies: as whoever asks for it was built
/// himself, so that nothing is built twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// The `candlecheck` command.
    Command,
    /// The tests of this workspace.
    Tests,
}

/// Builds the server with what tests may do, and gives its path. Progress goes to standard error.
///
/// # Errors
/// When it cannot be built.
pub fn build(along: Along) -> Result<PathBuf, Unbuilt> {
    if !Path::new(WORKSPACE).join("Cargo.toml").is_file() {
        return Err(Unbuilt::NoSource(WORKSPACE.into()));
    }
    let cargo = Environment::of_process().get("CARGO").unwrap_or("cargo").to_owned();
    let mut command = Command::new(&cargo);
    command.current_dir(WORKSPACE).args(["build", "--workspace", "--bin", SERVER]);
    command.args(["--features", "ohlc-server/test-controls", "--message-format", "json-render-diagnostics"]);
    if along == Along::Tests {
        // Any test, because Cargo minds the dependencies of tests only when there is one.
        command.args(["--test", "process"]);
    }
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    for name in told_by_cargo() {
        command.env_remove(name);
    }
    let ended = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let ended = ended.map_err(|cause| Unbuilt::NoCargo { cargo, cause })?;
    if !ended.status.success() {
        return Err(Unbuilt::Failed);
    }
    let messages = String::from_utf8_lossy(&ended.stdout);
    messages.lines().find_map(executable).ok_or(Unbuilt::Failed)
}

/// The server's path, if this message of Cargo's tells it.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let built = message["target"]["name"] == SERVER && message["reason"] == "compiler-artifact";
    Some(PathBuf::from(message["executable"].as_str().filter(|_| built)?))
}

/// What a Cargo that started this process has told it about its package. Another one would take it for a change.
pub fn told_by_cargo() -> Vec<std::ffi::OsString> {
    #[expect(clippy::disallowed_methods, reason = "names to be left out, whatever they are set to")]
    let names = std::env::vars_os().map(|(name, _)| name);
    let told = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_", "OUT_DIR"];
    names.filter(|name| told.iter().any(|told| name.to_string_lossy().starts_with(told))).collect()
}
