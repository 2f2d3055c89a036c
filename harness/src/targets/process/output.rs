//! What a process says, line by line, for whoever waits for something in it.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// How long a process may take for what it should do at once. It is never the measure of a result.
const PATIENCE: Duration = Duration::from_secs(30);

/// The lines so far. Clones share them.
#[derive(Debug, Clone, Default)]
pub(in crate::targets) struct Output(Arc<watch::Sender<Said>>);

#[derive(Debug, Default)]
struct Said {
    lines: Vec<String>,
    /// How many lines before these were handed over.
    handed_over: usize,
    /// For how long nobody reads after the next line.
    pause: Option<Duration>,
    /// Nobody listens any more.
    lost: bool,
    /// Nobody reads any more, though the stream stays open.
    unread: bool,
    over: bool,
}

impl Said {
    /// Takes down a line, if anybody listens.
    fn hear(&mut self, line: String) -> bool {
        let heard = !self.lost && !self.unread;
        if heard {
            self.lines.push(line);
        }
        heard
    }
}

impl Output {
    /// Takes down every line until the stream ends, or nobody is to listen any more; then it is closed. One that is to be
    /// left unread comes back, and is open until it is dropped.
    pub(super) fn listen_to<R: Read>(&self, stream: R) -> Option<BufReader<R>> {
        let mut stream = BufReader::new(stream);
        for line in stream.by_ref().split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            if !self.0.send_if_modified(|said| said.hear(line)) {
                break;
            }
            if let Some(pause) = self.take_pause() {
                std::thread::sleep(pause);
            }
        }
        self.0.borrow().unread.then_some(stream)
    }

    /// Closes the stream with the next line that comes, which is lost.
    pub(super) fn lose(&self) {
        self.0.send_modify(|said| said.lost = true);
    }

    /// Reads nothing more after the next line that comes.
    pub(super) fn leave_unread(&self) {
        self.0.send_modify(|said| said.unread = true);
    }

    /// Reads nothing for so long after the next line that comes, and then goes on.
    pub(super) fn pauses_for(&self, pause: Duration) {
        self.0.send_modify(|said| said.pause = Some(pause));
    }

    fn take_pause(&self) -> Option<Duration> {
        let mut pause = None;
        self.0.send_if_modified(|said| {
            pause = said.pause.take();
            false
        });
        pause
    }

    /// Tells those who wait that nothing more will come.
    pub(super) fn is_over(&self) {
        self.0.send_modify(|said| said.over = true);
    }

    /// Waits for what `find` finds in a line; nothing, when it is over before that, or patience is.
    pub(in crate::targets) async fn wait_for<T>(&self, mut find: impl FnMut(&str) -> Option<T>) -> Option<T> {
        let (mut seen, mut found) = (0_usize, None);
        let mut said = self.0.subscribe();
        let until = said.wait_for(|said| {
            let mut unseen = said.lines.iter().skip(seen.saturating_sub(said.handed_over));
            found = unseen.find_map(|line| find(line));
            seen = said.handed_over + said.lines.len();
            found.is_some() || said.over
        });
        let _ = tokio::time::timeout(PATIENCE, until).await;
        found
    }

    /// Whether nothing more will come.
    pub(in crate::targets) fn has_ended(&self) -> bool {
        let said = self.0.borrow();
        said.lost || said.unread || said.over
    }

    /// Waits until nothing more will come, however long that takes.
    pub(in crate::targets) async fn over(&self) {
        // The sender lives in self, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|said| said.over).await;
    }

    /// Hands over all lines so far, and keeps none of them.
    pub(in crate::targets) fn hand_over(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.0.send_if_modified(|said| {
            lines = std::mem::take(&mut said.lines);
            said.handed_over += lines.len();
            false
        });
        lines
    }

    /// All lines so far that are as `wanted` says.
    pub(in crate::targets) fn text(&self, wanted: impl Fn(&str) -> bool) -> String {
        let said = self.0.borrow();
        said.lines.iter().filter(|line| wanted(line)).map(|line| format!("{line}\n")).collect()
    }
}
