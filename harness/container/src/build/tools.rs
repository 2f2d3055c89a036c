//! Programs that building takes.

use std::process::{Command, Stdio};

use anyhow::anyhow;

use crate::absence::Absence;

/// Runs a program to its end, and gives what it said on standard output.
pub(super) fn run(program: &str, arguments: &[&str]) -> Result<String, Absence> {
    let command = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let ended = command.map_err(|cause| {
        let package = match program {
            "npm" => "Node.js (Debian: npm)",
            "jlink" => "a JDK, 17 or newer (Debian: openjdk-17-jdk-headless)",
            "ldd" => "the C library's tools (Debian: libc-bin)",
            other => other,
        };
        Absence::Missing(format!("{program} cannot be run: {cause}; install {package}"))
    })?;
    let said = |stream: &[u8]| String::from_utf8_lossy(stream).trim().to_owned();
    match ended.status.success() {
        true => Ok(said(&ended.stdout)),
        false => Err(anyhow!("{program} {}: {}", ended.status, said(&ended.stderr)).into()),
    }
}
