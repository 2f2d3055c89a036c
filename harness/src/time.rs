//! How time passes in a lab: by itself where all of a scenario is in this process, else as it does.
//!
//! In virtual time a wait costs nothing and lasts exactly as long as it should: as soon as everybody waits, the clock
//! goes on to the next thing that is due. A busy machine changes nothing. It works as long as whoever could still do
//! something runs on the scenario's own runtime; whoever does not is [`asked`](outside) with the clock held.

use std::fmt;
use std::future::pending;
use std::io;
use std::ops::RangeInclusive;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::tolerance::{band, milliseconds};

/// What a timer may be late, because the runtime counts milliseconds.
const TICK: Duration = Duration::from_millis(1);

/// How time passes in a lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// It is the scenario's own: servers have their own settings, and durations are exact.
    Virtual,
    /// It is everybody's: what a scenario waits for is made short, and durations lie in bands.
    Real,
}

impl Time {
    /// A runtime in which it passes so.
    pub(crate) fn runtime(self) -> io::Result<Runtime> {
        // One thread: what happens first in a scenario does not depend on how busy the machine is.
        Builder::new_current_thread().enable_all().start_paused(self == Self::Virtual).build()
    }

    /// Settings that shorten what a scenario waits for to so many milliseconds, widened as this machine needs; none in
    /// virtual time, where the server's own do.
    pub fn shortened<const N: usize>(self, settings: [(&'static str, u32); N]) -> Vec<(&'static str, String)> {
        match self {
            Self::Virtual => Vec::new(),
            Self::Real => settings.into_iter().map(|(name, count)| (name, milliseconds(count))).collect(),
        }
    }

    /// So many milliseconds: as many as the server's own settings are about, or as the shortened ones.
    pub fn milliseconds(self, own: u32, shortened: u32) -> Duration {
        match self {
            Self::Virtual => Duration::from_millis(own.into()),
            Self::Real => band(shortened),
        }
    }

    /// What something may take: exactly so many milliseconds, or in real time no more than the shortened ones.
    pub fn exactly_or_at_most(self, own: u32, shortened: u32) -> Span {
        let exactly = Self::Virtual.milliseconds(own, shortened);
        match self {
            Self::Virtual => Span(exactly..=exactly + TICK),
            Self::Real => Span(Duration::ZERO..=self.milliseconds(own, shortened)),
        }
    }

    /// What something may take: exactly so many milliseconds, or in real time no less than the shortened ones.
    pub fn exactly_or_at_least(self, own: u32, shortened: u32) -> Span {
        match self {
            Self::Virtual => self.exactly_or_at_most(own, shortened),
            Self::Real => Span(self.milliseconds(own, shortened)..=Duration::MAX),
        }
    }
}

/// The durations that are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span(RangeInclusive<Duration>);

impl Span {
    /// Whether this is one of them.
    pub fn has(&self, duration: Duration) -> bool {
        self.0.contains(&duration)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.0.start(), self.0.end());
        match (*least, *most) {
            (Duration::ZERO, _) => write!(f, "at most {most:?}"),
            (_, Duration::MAX) => write!(f, "at least {least:?}"),
            _ => write!(f, "{least:?} to {most:?}"),
        }
    }
}

/// Asks somebody outside of the scenario's runtime. Virtual time stands still meanwhile: to the runtime, waiting for
/// another thread looks as if nothing were left to do.
pub(crate) async fn outside<F: Future>(asked: F) -> F::Output {
    let _held = hold();
    asked.await
}

/// Holds the clock until it is dropped: a runtime with a blocking task under way does not let time go on.
fn hold() -> Sender<()> {
    let (held, released) = channel();
    spawn_blocking(move || released.recv());
    held
}

/// What comes of this before the lab's time is over. Where all is in order it is virtual time that ends first, so a busy
/// machine changes nothing; a runtime that is never idle lets none pass, and then real time ends it.
pub(crate) async fn within<F: Future>(virtual_time: Duration, real_time: Duration, work: F) -> Option<F::Output> {
    tokio::select! {
        done = timeout(virtual_time, work) => done.ok(),
        () = passed(real_time) => None,
    }
}

/// Waits for real time to pass. A thread counts it, and ends when nobody waits any more.
async fn passed(real_time: Duration) {
    let (over, told) = oneshot::channel();
    let (_waiting, left) = channel::<()>();
    thread::spawn(move || {
        if left.recv_timeout(real_time) == Err(RecvTimeoutError::Timeout) {
            // Whoever waited may have left in this moment.
            let _ = over.send(());
        }
    });
    if told.await.is_err() {
        pending().await
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Instant, sleep};

    use super::*;

    #[test]
    fn a_wait_lasts_exactly_as_long_as_it_should() {
        let took = Time::Virtual.runtime().unwrap().block_on(async {
            let began = Instant::now();
            sleep(Duration::from_secs(3_600)).await;
            began.elapsed()
        });
        assert!(Time::Virtual.exactly_or_at_most(3_600_000, 0).has(took), "{took:?}");
    }

    #[test]
    fn time_stands_still_while_somebody_outside_is_asked() {
        let answered = Time::Virtual.runtime().unwrap().block_on(async {
            let (answer, answered) = oneshot::channel();
            // Another thread is not seen by the runtime, and takes its time.
            let (ask, asked) = channel();
            let thread = thread::spawn(move || asked.recv().map(|()| answer.send(())));
            let asking = outside(async {
                // One round of the runtime with nothing to do: without a hold, the deadline would be over by now.
                let waiting = tokio::spawn(timeout(Duration::from_secs(1), answered));
                for _ in 0..100 {
                    spawn_blocking(thread::yield_now).await.unwrap();
                }
                ask.send(()).unwrap();
                waiting.await.unwrap()
            });
            let answered = asking.await;
            thread.join().unwrap().unwrap().unwrap();
            answered
        });
        assert!(answered.is_ok());
    }

    #[test]
    fn a_runtime_that_is_never_idle_is_ended_by_real_time() {
        let busy = async {
            loop {
                tokio::task::yield_now().await;
            }
        };
        let ended = within(Duration::from_millis(1), Duration::from_millis(20), busy);
        assert_eq!(Time::Virtual.runtime().unwrap().block_on(ended), None::<()>);
    }

    #[test]
    fn spans_say_what_they_hold() {
        let virtual_time = Time::Virtual.exactly_or_at_least(50, 10);
        assert_eq!(virtual_time.to_string(), "50ms to 51ms");
        assert!(!virtual_time.has(Duration::from_millis(49)) && !virtual_time.has(Duration::from_millis(52)));
        assert!(Time::Real.exactly_or_at_least(50, 10).has(Duration::from_secs(9)));
        assert!(!Time::Real.exactly_or_at_most(50, 10).has(Duration::from_secs(9_000)));
    }
}
