//! The calendar of a lab. In real time it stands still until the scenario moves it; in virtual time it also goes on with
//! every wait.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::time::Time;

/// A clock that the scenario moves. Clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    shown: Arc<Mutex<Shown>>,
}

/// Tells a server the time.
pub(crate) type Follower = dyn Fn(DateTime<Utc>) -> anyhow::Result<()> + Send + Sync;

struct Shown {
    /// What it was set to.
    set: DateTime<Utc>,
    /// What it has gone on since.
    since: Option<Waits>,
    /// The same for other processes, once there is one.
    file: Option<ClockFile>,
    /// The same for servers that are told, as long as they are there.
    followers: Vec<Weak<Follower>>,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").field("set", &self.set).finish_non_exhaustive()
    }
}

impl Clock {
    /// A clock that stands at this instant.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self::in_time(Time::Real, instant)
    }

    /// A clock that begins at this instant, in the time of the runtime that it is made on.
    pub(crate) fn in_time(time: Time, instant: DateTime<Utc>) -> Self {
        let since = (time == Time::Virtual).then(Waits::none);
        Self { shown: Arc::new(Mutex::new(Shown { set: instant, since, file: None, followers: Vec::new() })) }
    }

    /// The instant that it shows.
    pub fn now(&self) -> DateTime<Utc> {
        let shown = self.shown();
        shown.since.as_ref().map_or(shown.set, |since| shown.set + since.so_far())
    }

    /// Moves it to this instant. Whoever looks afterwards sees it, in whatever process.
    pub fn set(&self, instant: DateTime<Utc>) {
        let mut shown = self.shown();
        shown.set = instant;
        if let Some(since) = &mut shown.since {
            *since = Waits::none();
        }
        if let Some(file) = &shown.file {
            // Servers that show another time than their lab would be blamed for what the harness did.
            file.show(instant).expect("the clock's file can be written");
        }
        shown.followers.retain(|follower| follower.strong_count() > 0);
        for follower in shown.followers.iter().filter_map(Weak::upgrade) {
            follower(instant).unwrap_or_else(|cause| panic!("a server was not told that it is {instant}: {cause:#}"));
        }
    }

    /// Tells somebody the time whenever it changes, before anything else happens; until that is dropped.
    pub(crate) fn tell(&self, follower: &Arc<Follower>) {
        self.shown().followers.push(Arc::downgrade(follower));
    }

    /// A file that shows the same time, as RFC 3339: `2026-02-03T22:00:00.000000Z`. It is gone when the clock is.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn file(&self) -> anyhow::Result<PathBuf> {
        let mut shown = self.shown();
        if shown.file.is_none() {
            let file = ClockFile(TempDir::new().context("a folder for the clock")?);
            file.show(shown.set).context("writing the clock's file")?;
            shown.file = Some(file);
        }
        shown.file.as_ref().map(ClockFile::path).context("the clock has no file")
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was waited for on a runtime in virtual time.
struct Waits {
    began: Instant,
    /// Who asks may be on another thread, where another time passes.
    runtime: Handle,
}

impl Waits {
    fn none() -> Self {
        Self { began: Instant::now(), runtime: Handle::current() }
    }

    fn so_far(&self) -> Duration {
        let _in = self.runtime.enter();
        self.began.elapsed()
    }
}

/// The time in a folder of its own.
#[derive(Debug)]
struct ClockFile(TempDir);

impl ClockFile {
    fn path(&self) -> PathBuf {
        self.0.path().join("now")
    }

    /// Puts another file in its place, so that nobody ever reads half a time.
    fn show(&self, now: DateTime<Utc>) -> std::io::Result<()> {
        let next: &Path = &self.0.path().join("next");
        fs::write(next, now.to_rfc3339_opts(SecondsFormat::Micros, true))?;
        fs::rename(next, self.path())
    }
}
