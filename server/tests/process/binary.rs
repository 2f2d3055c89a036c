//! The built binary as a child, in an environment of its own. Nothing of it outlives its test.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// How long anything may take that should come at once.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Settings that are good: a table and a provider behind a port at which nobody listens.
pub(crate) const GOOD: [(&str, &str); 9] = [
    ("OHLC_CACHE_TABLE", "process-test"),
    ("OHLC_LISTEN", "127.0.0.1:0"),
    ("OHLC_API_TOKENS", "reader"),
    ("TIINGO_API_KEY", "a-tiingo-key"),
    ("TIINGO_BASE_URL", "http://127.0.0.1:1"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
    ("AWS_ACCESS_KEY_ID", "an-id"),
    ("AWS_SECRET_ACCESS_KEY", "a-secret"),
];

/// A process that was started.
pub(crate) struct Binary {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

/// What a process left.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Binary {
    /// Starts it with these variables and no other.
    pub(crate) fn start<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        arguments: &[&OsStr],
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ohlc-server"));
        command.args(arguments).env_clear().envs(variables).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Self { child, stdout: lines(stdout), stderr: lines(stderr) }
    }

    /// Starts it with good settings and these on top.
    pub(crate) fn start_with(variables: &[(&str, &str)]) -> Self {
        Self::start(&[], GOOD.iter().chain(variables).copied())
    }

    /// The address that it listens on, once it says so in its log.
    pub(crate) fn address(&self) -> SocketAddr {
        loop {
            let line = self.stdout.recv_timeout(PATIENCE).expect("a log line that says where it listens");
            let line: Value = serde_json::from_str(&line).expect("nothing but JSON in the log");
            if line["message"] == "ready for requests" {
                return line["address"].as_str().unwrap().parse().unwrap();
            }
        }
    }

    /// Sends SIGTERM, and waits for the end.
    pub(crate) fn terminate(self) -> Ended {
        let told = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status().unwrap();
        assert!(told.success());
        self.ends()
    }

    /// Waits until it ends by itself.
    pub(crate) fn ends(mut self) -> Ended {
        let (stdout, stderr) = (rest(&self.stdout), rest(&self.stderr));
        Ended { code: self.child.wait().unwrap().code(), stdout, stderr }
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // It is an error when it has ended already, which is as it should be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a stream, read by a thread that ends with it.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    lines
}

/// Every line until the stream ends, which it does with its process.
fn rest(lines: &Receiver<String>) -> String {
    use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};

    let mut text = String::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => text.extend([&line, "\n"]),
            Err(Disconnected) => return text,
            Err(Timeout) => panic!("it does not end; so far it said: {text}"),
        }
    }
}
