//! The built command as a child, in an environment of its own. Nothing of it outlives its test.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// How long anything may take that should come soon.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

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
        command.args(arguments).env_clear().envs(variables.iter().copied()).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Self { child, stdout: lines(stdout), stderr: lines(stderr) }
    }

    /// The address that it serves on, once it says so.
    pub(crate) fn address(&self) -> SocketAddr {
        loop {
            let line = self.stderr.recv_timeout(PATIENCE).expect("a line that says where it serves");
            if let Some(address) = line.strip_prefix("candlecheck: serving on http://") {
                return address.parse().unwrap();
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
