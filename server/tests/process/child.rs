//! A program as a child: its streams read line by line, and nothing of it outlives its test. The tests of the server and
//! those of the `candlecheck` command share this file, because neither crate can lend the other something for tests alone.

use std::io::{BufRead, BufReader, Read};
use std::process::{self, Command, Stdio};
use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A program that was started.
pub(crate) struct Child {
    process: process::Child,
    /// How long anything may take that should come soon.
    patience: Duration,
    pub(crate) stdout: Receiver<String>,
    pub(crate) stderr: Receiver<String>,
}

/// What a program left.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Child {
    /// Starts it with nothing on standard input.
    pub(crate) fn start(command: &mut Command, patience: Duration) -> Self {
        let streams = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = streams.spawn().unwrap();
        let (stdout, stderr) = (process.stdout.take().unwrap(), process.stderr.take().unwrap());
        Self { process, patience, stdout: lines(stdout), stderr: lines(stderr) }
    }

    /// The next of these lines that says something, once it does.
    pub(crate) fn says<T>(&self, lines: &Receiver<String>, something: impl Fn(&str) -> Option<T>) -> T {
        loop {
            let line = lines.recv_timeout(self.patience).expect("a line that says it");
            if let Some(said) = something(&line) {
                return said;
            }
        }
    }

    /// Sends SIGTERM, and waits for the end.
    pub(crate) fn terminate(self) -> Ended {
        let told = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.process.id())).status().unwrap();
        assert!(told.success());
        self.ends()
    }

    /// Waits until it ends by itself.
    pub(crate) fn ends(mut self) -> Ended {
        let (stdout, stderr) = (self.rest(&self.stdout), self.rest(&self.stderr));
        Ended { code: self.process.wait().unwrap().code(), stdout, stderr }
    }

    /// Every line until the stream ends, which it does with its process.
    fn rest(&self, lines: &Receiver<String>) -> String {
        let mut text = String::new();
        loop {
            match lines.recv_timeout(self.patience) {
                Ok(line) => text.extend([&line, "\n"]),
                Err(Disconnected) => return text,
                Err(Timeout) => panic!("it does not end; so far it said: {text}"),
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It is an error when it has ended already, which is as it should be.
        let _ = self.process.kill();
        let _ = self.process.wait();
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
