//! A running instance of a server that is not ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::description::Description;
use super::file::Stream;
use super::guardian::Guardian;
use super::lacks;
use super::running::Hold;
use super::template::Values;
use crate::capability::Need;
use crate::capability::Unsupported;
use crate::clock::{Clock, Follower};
use crate::targets::Instance;
use crate::targets::process::child::Child;
use crate::targets::process::output::Output;

/// How long one that was told to stop may take before it is killed. How it ends is nobody's business but of scenarios
/// that look at it.
const STOPPING: Duration = Duration::from_secs(3);
/// What lines contain that the harness itself had written into the log.
const MARK: &str = "candlecheck-mark-";

/// One instance.
pub(super) struct Stranger {
    url: String,
    described: Arc<Description>,
    handle: Handle,
    marks: AtomicUsize,
    /// Tells it the time, as long as it is there.
    follower: Option<Arc<Follower>>,
}

/// What there is of it on this machine.
pub(super) enum Handle {
    /// The process that was started, which its guardian outlives.
    Process { child: Child, _guardian: Guardian },
    /// It runs by itself. What it needs of this process is held for it.
    Elsewhere { _hold: Hold },
}

impl Description {
    /// The stream that its log is written to.
    pub(super) fn log_of<'a>(&self, child: &'a Child) -> &'a Output {
        match self.log {
            Some(Stream::Stderr) => &child.stderr,
            _ => &child.stdout,
        }
    }
}

impl Stranger {
    pub(super) fn new(url: String, described: Arc<Description>, handle: Handle) -> Self {
        Self { url, described, handle, marks: AtomicUsize::default(), follower: None }
    }

    /// Tells it the time from now on, if its file says how.
    pub(super) async fn follow(&mut self, clock: &Clock) -> anyhow::Result<()> {
        let Some(control) = self.described.controls.get("clock").cloned() else { return Ok(()) };
        control.apply(&self.url, &at(clock.now())).await?;
        let (url, output) = (self.url.clone(), self.child().ok().map(|child| child.stdout.clone()));
        let follower: Arc<Follower> = Arc::new(move |now| match &output {
            // One that was killed needs no time any more.
            Some(output) if output.has_ended() => Ok(()),
            _ => control.apply_at_once(&url, &at(now)),
        });
        clock.tell(&follower);
        self.follower = Some(follower);
        Ok(())
    }

    fn child(&self) -> Result<&Child, Unsupported> {
        match &self.handle {
            Handle::Process { child, .. } => Ok(child),
            Handle::Elsewhere { .. } => Err(lacks(Need::OwnProcess)),
        }
    }

    fn can(&self, need: Need) -> Result<(), Unsupported> {
        if self.described.can.contains(&need) { Ok(()) } else { Err(lacks(need)) }
    }

    async fn control(&self, name: &str, without: impl Into<String>, values: Values) -> anyhow::Result<()> {
        let control = self.described.controls.get(name).ok_or_else(|| Unsupported(without.into()))?;
        control.apply(&self.url, &values).await
    }
}

/// The values of a control that sets the clock.
fn at(now: DateTime<Utc>) -> Values {
    let now = now.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    Values::from([("now".to_owned(), now)])
}

impl Instance for Stranger {
    fn url(&self) -> &str {
        &self.url
    }

    fn drop_l1(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        self.control("drop_l1", Need::DropL1.word(), Values::new()).boxed()
    }

    fn idle(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        self.control("idle", "telling when it has nothing left to write", Values::new()).boxed()
    }

    fn fail_at(&self, fault: Option<(&str, &str)>) -> BoxFuture<'_, anyhow::Result<()>> {
        let word = Need::FailPoints.word();
        match fault {
            Some((place, way)) => {
                let pairs = [("place", place), ("way", way)];
                let values = pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
                self.control("fail", word, values.collect()).boxed()
            }
            None => self.control("mend", word, Values::new()).boxed(),
        }
    }

    fn peak_memory(&self) -> anyhow::Result<u64> {
        self.can(Need::OwnProcess)?;
        self.child()?.peak_memory()
    }

    fn logs(&self) -> String {
        match self.child() {
            Ok(child) if self.described.can.contains(&Need::Logs) => {
                self.described.log_of(child).text(|line| !line.contains(MARK))
            }
            // What may still be on its way would be there in one run, and not in the next.
            _ => String::new(),
        }
    }

    /// Has a mark written into the log, and reads as far as that.
    fn log_caught_up(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            let Ok(child) = self.child() else { return Ok(()) };
            if !self.described.can.contains(&Need::Logs) || child.stdout.has_ended() {
                return Ok(());
            }
            let mark = format!("{MARK}{}.", self.marks.fetch_add(1, Ordering::Relaxed));
            self.control("log", Need::Logs.word(), Values::from([("line".to_owned(), mark.clone())])).await?;
            let read = self.described.log_of(child).wait_for(|line| line.contains(&mark).then_some(())).await;
            read.with_context(|| format!("the log lacks {mark}, though it was written"))
        }
        .boxed()
    }

    fn stop(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            let Ok(child) = self.child() else { return Ok(()) };
            child.terminate()?;
            if tokio::time::timeout(STOPPING, child.ended()).await.is_err() {
                child.kill()?;
                child.ended().await?;
            }
            Ok(())
        }
        .boxed()
    }

    fn begin_to_stop(&self) -> anyhow::Result<()> {
        self.can(Need::Signals)?;
        self.child()?.terminate()
    }

    fn exit_code(&self) -> BoxFuture<'_, anyhow::Result<Option<i32>>> {
        async { Ok(self.child()?.ended().await?.code()) }.boxed()
    }

    fn kill(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            self.can(Need::Kill)?;
            let child = self.child()?;
            child.kill()?;
            child.ended().await?;
            Ok(())
        }
        .boxed()
    }
}
