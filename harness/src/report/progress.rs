//! Progress of a run, on standard error: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::outcome::{Entry, Outcome};

/// How many lines a run leaves in a log at most, besides those about failures.
const LINES: usize = 10;

/// Shows how far a run is.
pub struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    done: AtomicUsize,
}

impl Progress {
    /// Progress towards this many scenarios.
    pub fn of(total: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total as u64);
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} scenarios  {msg}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { bar, total, done: AtomicUsize::new(0) }
    }

    /// One more scenario is finished, with its proofs.
    pub fn finished(&self, entry: &Entry) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let (id, word) = (entry.scenario.id, entry.run.outcome.word());
        match &self.bar {
            Some(bar) => {
                bar.set_position(done as u64);
                bar.set_message(format!("{id} {word}"));
            }
            None if matches!(entry.run.outcome, Outcome::Passed | Outcome::NotRun(_)) => {
                if done.is_multiple_of(self.total.div_ceil(LINES)) {
                    eprintln!("candlecheck: {done} of {} scenarios", self.total);
                }
            }
            None => eprintln!("candlecheck: {done} of {} scenarios; {id} {word}", self.total),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
