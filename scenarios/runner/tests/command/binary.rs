//! The built command, in an environment of its own.

use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::child::Child;
pub(crate) use crate::child::Ended;

/// How long anything may take that should come soon.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A process that was started.
pub(crate) struct Binary(Child);

/// Runs it to its end.
pub(crate) fn candlecheck(arguments: &[&str]) -> Ended {
    Binary::start(arguments, &[]).ends()
}

impl Ended {
    /// Standard output as the one JSON document that it is.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|fault| panic!("{fault} in {self:?}"))
    }
}

impl Binary {
    /// Starts it with these variables and no other.
    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
        Self(Child::start(command.args(arguments).env_clear().envs(variables.iter().copied()), PATIENCE))
    }

    /// The address that it serves on, once it says so.
    pub(crate) fn address(&self) -> SocketAddr {
        let serves = |line: &str| Some(line.strip_prefix("candlecheck: serving on http://")?.parse().unwrap());
        self.0.says(&self.0.stderr, serves)
    }

    /// Sends SIGTERM, and waits for the end.
    pub(crate) fn terminate(self) -> Ended {
        self.0.terminate()
    }

    /// Waits until it ends by itself.
    pub(crate) fn ends(self) -> Ended {
        self.0.ends()
    }
}
