//! The built binary, in an environment of its own.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::child::Child;
pub(crate) use crate::child::Ended;

/// How long anything may take that should come at once.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Settings that are good: a table and a provider behind a port at which nobody listens.
pub(crate) const GOOD: [(&str, &str); 9] = [
    ("OHLC_CACHE_TABLE", "process-test"),
    ("OHLC_LISTEN", "127.0.0.1:0"),
    ("OHLC_API_TOKENS", "reader-token"),
    ("TIINGO_API_KEY", "a-tiingo-key"),
    ("TIINGO_BASE_URL", "http://127.0.0.1:1"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
    ("AWS_ACCESS_KEY_ID", "an-id"),
    ("AWS_SECRET_ACCESS_KEY", "a-secret"),
];

/// A process that was started.
pub(crate) struct Binary(Child);

impl Binary {
    /// Starts it with these variables and no other.
    pub(crate) fn start<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        arguments: &[&OsStr],
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ohlc-server"));
        Self(Child::start(command.args(arguments).env_clear().envs(variables), PATIENCE))
    }

    /// Another program that says the same things.
    #[cfg(feature = "test-controls")]
    pub(crate) fn of(child: Child) -> Self {
        Self(child)
    }

    /// Starts it with good settings and these on top.
    pub(crate) fn start_with(variables: &[(&str, &str)]) -> Self {
        Self::start(&[], GOOD.iter().chain(variables).copied())
    }

    /// The address that it listens on, once it says so in its log.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.says(&self.0.stdout, |line| {
            let line: Value = serde_json::from_str(line).expect("nothing but JSON in the log");
            let listens = line["message"] == "ready for requests";
            listens.then(|| line["address"].as_str().unwrap().parse().unwrap())
        })
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
