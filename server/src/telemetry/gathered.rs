//! Log lines on their way out: gathered for a millisecond, written together by a thread of their own.
//!
//! So a slow terminal blocks no request, and a busy server does not wake a thread for every line. One that takes nothing at
//! all costs lines, and nobody waits for it (`decisions.md#log-nobody-reads`).

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::LogWriter;
use crate::policy::{Bytes, policy};

/// How long lines wait for each other.
const GATHERING: Duration = Duration::from_millis(1);
/// How long the end of a process waits for its last lines to be taken.
const LAST_LINES: Duration = Duration::from_secs(1);

policy! {
    /// What becomes of log lines that are not taken.
    LogPolicy "log" {
        values {
            /// How many bytes of the log may wait to be taken; what comes on top of them is lost, and counted.
            waiting: Bytes = Bytes::mebi(16), setting "OHLC_LOG_BYTES", from "decisions.md#log-nobody-reads";
        }
    }
}

/// Writes what its writers were given. Dropping it waits until everything is written, but not for long.
#[derive(Debug)]
pub struct Gathered {
    waiting: Arc<Waiting>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Waiting {
    most: usize,
    lines: Mutex<Lines>,
    /// The first line came, or it is over.
    begun: Condvar,
    /// The last line is written.
    ended: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    bytes: Vec<u8>,
    /// Why the sink did not take what it was last given.
    refused: Option<ErrorKind>,
    over: bool,
    written: bool,
}

impl Gathered {
    /// Starts to gather lines for `sink`.
    pub fn into(sink: impl Write + Send + 'static, policy: &LogPolicy) -> Self {
        let (most, lines) = (policy.waiting.count(), Mutex::default());
        let waiting = Arc::new(Waiting { most, lines, begun: Condvar::new(), ended: Condvar::new() });
        let ours = Arc::clone(&waiting);
        let thread = thread::spawn(move || ours.write_to(sink));
        Self { waiting, thread: Some(thread) }
    }

    /// A writer whose lines are gathered here. It fails where there is no room for a line, and as the sink did when it was
    /// last given something: what a line that is gathered now will meet is not known yet.
    pub fn writer(&self) -> LogWriter {
        let waiting = Arc::clone(&self.waiting);
        LogWriter::new(move |line| waiting.add(line))
    }
}

impl Drop for Gathered {
    fn drop(&mut self) {
        let mut lines = self.waiting.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.over = true;
        self.waiting.begun.notify_one();
        let waited = self.waiting.ended.wait_timeout_while(lines, LAST_LINES, |lines| !lines.written);
        let written = waited.unwrap_or_else(PoisonError::into_inner).0.written;
        // Whoever takes nothing until now is left to the end of the process.
        if let Some(thread) = self.thread.take().filter(|_| written) {
            let _ = thread.join();
        }
    }
}

impl Waiting {
    fn add(&self, line: &[u8]) -> io::Result<()> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.bytes.len() + line.len() > self.most {
            return Err(ErrorKind::WouldBlock.into());
        }
        let first = lines.bytes.is_empty();
        lines.bytes.extend_from_slice(line);
        if first {
            self.begun.notify_one();
        }
        lines.refused.map_or(Ok(()), |why| Err(why.into()))
    }

    fn write_to(&self, mut sink: impl Write) {
        let mut leaving = Vec::new();
        let mut over = false;
        while !over {
            let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            let nothing = |lines: &mut Lines| lines.bytes.is_empty() && !lines.over;
            let lines = self.begun.wait_while(lines, nothing).unwrap_or_else(PoisonError::into_inner);
            let gathering = self.begun.wait_timeout_while(lines, GATHERING, |lines| !lines.over);
            let mut lines = gathering.unwrap_or_else(PoisonError::into_inner).0;
            std::mem::swap(&mut lines.bytes, &mut leaving);
            over = lines.over;
            drop(lines);
            // Whoever writes next is told; a full disk fails no request.
            let written = sink.write_all(&leaving).and_then(|()| sink.flush());
            leaving.clear();
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).refused = written.err().map(|cause| cause.kind());
        }
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).written = true;
        self.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::{Gathered, LogPolicy};
    use crate::policy::Bytes;

    /// A terminal that takes something only when it is told to.
    struct Slow(Receiver<()>, Sender<Vec<u8>>);

    impl Write for Slow {
        fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
            self.0.recv().map_err(io::Error::other)?;
            self.1.send(lines.to_vec()).map_err(io::Error::other)?;
            Ok(lines.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_slow_terminal_blocks_nobody_and_loses_nothing() -> io::Result<()> {
        let (proceed, told) = channel();
        let (written, shown) = channel();
        let gathered = Gathered::into(Slow(told, written), &LogPolicy::default());
        let writer = gathered.writer();
        for line in 0..1000 {
            writer.write_line(format!("{line}\n").as_bytes())?;
        }
        for _ in 0..1000 {
            proceed.send(()).map_err(io::Error::other)?;
        }
        drop(gathered);
        let shown: Vec<Vec<u8>> = shown.iter().collect();
        assert!(shown.len() < 1000, "they left one by one");
        let lines = String::from_utf8_lossy(&shown.concat()).into_owned();
        assert!(lines.lines().eq((0..1000).map(|line| line.to_string())), "{lines}");
        Ok(())
    }

    #[test]
    fn a_pipe_that_nobody_drains_blocks_nobody_and_costs_lines() -> io::Result<()> {
        let (proceed, told) = channel();
        let (written, shown) = channel();
        let gathered = Gathered::into(Slow(told, written), &LogPolicy { waiting: Bytes(100) });
        let writer = gathered.writer();
        let lost = (0..1000).filter_map(|_| writer.write_line(b"a line\n").err()).collect::<Vec<_>>();
        assert!(lost.len() > 900 && lost.iter().all(|lost| lost.kind() == ErrorKind::WouldBlock), "{lost:?}");
        // Nobody takes anything to the last, and the end does not wait for that.
        drop(gathered);
        drop(proceed);
        assert!(shown.try_recv().is_err(), "somebody took a line");
        Ok(())
    }

    /// A disk that is full for the first two writes.
    struct Full(Sender<()>, u8);

    impl Write for Full {
        fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
            self.1 += 1;
            if self.1 <= 2 { Err(ErrorKind::StorageFull.into()) } else { Ok(lines.len()) }
        }

        /// Only what was taken is flushed.
        fn flush(&mut self) -> io::Result<()> {
            self.0.send(()).map_err(io::Error::other)
        }
    }

    #[test]
    fn a_sink_that_refuses_is_told_of_until_it_takes_something_again() -> io::Result<()> {
        let (flushed, taken) = channel();
        let gathered = Gathered::into(Full(flushed, 0), &LogPolicy::default());
        let writer = gathered.writer();
        writer.write_line(b"nobody knows yet\n")?;
        let mut told = Vec::new();
        while taken.try_recv().is_err() {
            told.extend(writer.write_line(b"and now?\n").err().map(|cause| cause.kind()));
        }
        assert!(told.contains(&ErrorKind::StorageFull), "nobody was told");
        // The sink has flushed, and says so in a moment.
        while writer.write_line(b"and now?\n").is_err() {
            std::thread::yield_now();
        }
        Ok(())
    }
}
