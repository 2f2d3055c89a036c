//! How long it will still take, on standard error: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How many lines it leaves in a log at most.
const LINES: usize = 20;

/// Counts runs, of which there are so many that people want to know whether to wait.
pub struct Countdown {
    bar: Option<ProgressBar>,
    total: usize,
    done: AtomicUsize,
    began: Instant,
}

impl Countdown {
    /// From this many runs.
    pub fn from(total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} runs, {eta} left");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, total, done: AtomicUsize::new(0), began: Instant::now() }
    }

    /// One more is done.
    pub fn one_done(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.bar {
            Some(bar) => bar.set_position(done as u64),
            None if done.is_multiple_of(self.total.div_ceil(LINES)) => {
                let left = left(self.began.elapsed(), done, self.total).as_secs();
                eprintln!("candlecheck: {done} of {} runs, {}:{:02} min left", self.total, left / 60, left % 60);
            }
            None => {}
        }
    }
}

impl Drop for Countdown {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The time that is left, if what is to come takes as long as what was.
fn left(elapsed: Duration, done: usize, total: usize) -> Duration {
    let (done, left) = (done.max(1) as u128, total.saturating_sub(done) as u128);
    Duration::from_millis(u64::try_from(elapsed.as_millis() * left / done).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::left;

    #[test]
    fn what_is_left_takes_as_long_as_what_was() {
        let seconds = Duration::from_secs;
        for (elapsed, done, total, expected) in [(10, 1, 4, 30), (10, 4, 4, 0), (10, 5, 4, 0), (0, 0, 4, 0)] {
            assert_eq!(left(seconds(elapsed), done, total), seconds(expected), "{done} of {total} after {elapsed} s");
        }
    }
}
