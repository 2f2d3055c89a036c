//! Building a program of this workspace: by Cargo, because nobody else knows whether the binary that lies there is this
//! source's.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The workspace that this library was built from.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A program.
#[derive(Debug, Clone, Copy)]
pub struct Binary {
    /// Its name, as `cargo build --bin` takes it.
    pub name: &'static str,
    /// The features that it is built with: `ohlc-server/test-controls`.
    pub features: &'static [&'static str],
    /// Whether its dependencies have the features that the workspace's tests give them, as after `cargo test`, so that
    /// nothing is built twice.
    pub with_tests: bool,
}

/// Why there is no program, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is nothing to build from.
    #[error(
        "the source of {name} is not in {folder}, where this command was built; run it from a checkout with `cargo run`"
    )]
    NoSource {
        /// The program.
        name: &'static str,
        /// The workspace as it was.
        folder: &'static str,
    },
    /// There is nobody to build it.
    #[error("{cargo} cannot be run: {cause}; install Rust from https://rustup.rs, or set CARGO to where cargo is")]
    NoCargo {
        /// What was tried.
        cargo: String,
        /// What the system says.
        cause: io::Error,
    },
    /// It could not be built.
    #[error("{0} does not build: see above, or run `cargo build --bin {0}`")]
    Failed(&'static str),
}

/// Builds a program, and gives its path. Progress goes to standard error.
///
/// # Errors
/// When it cannot be built.
pub fn build(binary: &Binary) -> Result<PathBuf, BuildError> {
    let Binary { name, features, with_tests } = *binary;
    if !Path::new(WORKSPACE).join("Cargo.toml").is_file() {
        return Err(BuildError::NoSource { name, folder: WORKSPACE });
    }
    #[expect(clippy::disallowed_methods, reason = "about this machine's Cargo, not about a server")]
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(&cargo);
    command.current_dir(WORKSPACE).args(["build", "--workspace", "--bin", name]);
    command.args(["--message-format", "json-render-diagnostics"]);
    for feature in features {
        command.args(["--features", feature]);
    }
    if with_tests {
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
    let ended = ended.map_err(|cause| BuildError::NoCargo { cargo, cause })?;
    if !ended.status.success() {
        return Err(BuildError::Failed(name));
    }
    let messages = String::from_utf8_lossy(&ended.stdout);
    messages.lines().find_map(|message| executable(name, message)).ok_or(BuildError::Failed(name))
}

/// The program's path, if this message of Cargo's tells it.
fn executable(name: &str, message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let built = message["target"]["name"] == name && message["reason"] == "compiler-artifact";
    Some(PathBuf::from(message["executable"].as_str().filter(|_| built)?))
}

/// What a Cargo that started this process has told it about its package. Another one would take it for a change.
pub fn told_by_cargo() -> Vec<OsString> {
    #[expect(clippy::disallowed_methods, reason = "names to be left out, whatever they are set to")]
    let names = std::env::vars_os().map(|(name, _)| name);
    let told = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_", "OUT_DIR"];
    names.filter(|name| told.iter().any(|told| name.to_string_lossy().starts_with(told))).collect()
}
