//! Targets: how a server under test is started, asked about itself, and stopped.

pub mod external;
pub(crate) mod loopback;
pub mod process;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};

use crate::capability::Need;
use crate::clock::Clock;
use crate::dialect::Dialect;

/// A kind of server that scenarios can be run against.
pub trait Target: Send + Sync {
    /// Its name in reports.
    fn name(&self) -> String;

    /// What it can do. A scenario that needs more is reported as not run.
    fn can(&self) -> &[Need];

    /// Whether all of it runs on the runtime that starts it, so that time can be the scenario's own.
    fn is_in_process(&self) -> bool {
        false
    }

    /// How long a client waits for an answer. A server that takes longer has failed, not the harness.
    fn patience(&self) -> Duration {
        Duration::from_secs(15)
    }

    /// Environment variables of each of its instances, unless the scenario sets them otherwise.
    fn variables(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// The same server with a seeded defect; nothing when this target cannot have it.
    fn with_defect(&self, defect: &str) -> Option<Arc<dyn Target>>;

    /// Why it cannot have this defect, which other targets can have.
    fn spared(&self, _defect: &str) -> Option<String> {
        None
    }

    /// Why no defect at all can be injected into it, so that proofs are not even tried.
    fn unprovable(&self) -> Option<String> {
        None
    }

    /// The words in which it says what the contract says.
    fn dialect(&self) -> Arc<Dialect> {
        Arc::default()
    }

    /// A seeded defect as a reviewer would put it.
    fn defect_in_words(&self, _defect: &str) -> Option<String> {
        None
    }

    /// The alarms that it is deployed with, as [`Alarms::read`](crate::observe::alarms::Alarms::read) takes them.
    fn alarms(&self) -> Option<&str> {
        None
    }

    /// Starts one instance.
    ///
    /// # Errors
    /// When it does not come up, with what it said about it.
    fn start(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>>;

    /// Fills the table with what the first clients will ask for, and gives what was said about it. No instance is left.
    ///
    /// # Errors
    /// When something could not be warmed, with what was said; and when this target cannot do it at all.
    fn warm(&self, _surroundings: Launch) -> BoxFuture<'_, anyhow::Result<String>> {
        ready(Err(anyhow!("{} cannot warm a table", self.name()))).boxed()
    }
}

/// What an instance finds when it starts.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Environment variables, the contract's settings among them.
    pub environment: BTreeMap<String, OsString>,
    /// Those of them that the scenario chose. A server that cannot take one of these cannot run the scenario.
    pub chosen: BTreeSet<String>,
    /// The calendar to follow.
    pub clock: Clock,
}

/// A running instance. Dropping it stops it at once.
pub trait Instance: Send + Sync {
    /// Where it listens: `http://127.0.0.1:41873`.
    fn url(&self) -> &str;

    /// Empties its memory, and leaves the table alone.
    ///
    /// # Errors
    /// When the control does not answer.
    fn drop_l1(&self) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Waits until it has nothing left to write.
    ///
    /// # Errors
    /// When the control does not answer.
    fn idle(&self) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Lets it go wrong at a place, in a way, from now on; with none, nowhere.
    ///
    /// # Errors
    /// When it has no fail points, or not this one.
    fn fail_at(&self, fault: Option<(&str, &str)>) -> BoxFuture<'_, anyhow::Result<()>> {
        let refusal = anyhow::anyhow!("no fail point for {fault:?}");
        Box::pin(async { Err(refusal) })
    }

    /// Takes nothing more of what it writes from now on. What it asks for meanwhile is refused.
    ///
    /// # Errors
    /// When its sink cannot be taken away.
    fn lose_sink(&self) -> anyhow::Result<()> {
        anyhow::bail!("its sink cannot be taken away")
    }

    /// Reads nothing more of its log from now on, and leaves the pipe open.
    ///
    /// # Errors
    /// When its log is no pipe.
    fn leave_log_unread(&self) -> anyhow::Result<()> {
        anyhow::bail!("its log is no pipe")
    }

    /// Reads nothing of its log for so long, and then goes on.
    ///
    /// # Errors
    /// When its log is no pipe.
    fn leave_log_unread_for(&self, _time: Duration) -> anyhow::Result<()> {
        anyhow::bail!("its log is no pipe")
    }

    /// The most memory that it has taken so far, in bytes.
    ///
    /// # Errors
    /// When it has no process of its own, or the system does not tell.
    fn peak_memory(&self) -> anyhow::Result<u64> {
        anyhow::bail!("it has no process of its own")
    }

    /// What it has of the system now.
    ///
    /// # Errors
    /// When it has no process of its own, or the system does not tell.
    fn holdings(&self) -> anyhow::Result<Holdings> {
        anyhow::bail!("it has no process of its own")
    }

    /// What it has said since this was asked last. Nothing of it is kept: what goes on for long would fill the memory.
    ///
    /// # Errors
    /// When what it says is kept elsewhere.
    fn hand_over_logs(&self) -> anyhow::Result<String> {
        anyhow::bail!("its log is kept elsewhere")
    }

    /// What it has logged, as far as it is known here; see [`Instance::log_caught_up`].
    fn logs(&self) -> String;

    /// Waits until everything that it has logged by now is in [`Instance::logs`].
    ///
    /// # Errors
    /// When its log cannot be had.
    fn log_caught_up(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        ready(Ok(())).boxed()
    }

    /// What it has said besides its log, on standard error.
    fn complaints(&self) -> String {
        String::new()
    }

    /// Stops it as an operator would, and waits until it has stopped.
    ///
    /// # Errors
    /// When it does not stop, or stops with an error.
    fn stop(&self) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Tells it to stop, as an operator would, and does not wait for it.
    ///
    /// # Errors
    /// When it cannot be told.
    fn begin_to_stop(&self) -> anyhow::Result<()> {
        Err(anyhow!("this target takes no signals"))
    }

    /// Waits until it has ended, and gives its exit code, if it has one.
    ///
    /// # Errors
    /// When it cannot be known.
    fn exit_code(&self) -> BoxFuture<'_, anyhow::Result<Option<i32>>> {
        ready(Err(anyhow!("this target has no exit code"))).boxed()
    }

    /// Ends it at once, whatever it does, and waits until it is gone.
    ///
    /// # Errors
    /// When it cannot be done.
    fn kill(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        ready(Err(anyhow!("this target cannot be killed"))).boxed()
    }
}

/// What a process has of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holdings {
    /// Bytes of memory, without those that only mirror a file, as its program.
    pub memory: u64,
    /// File descriptors, the sockets among them.
    pub files: usize,
    /// Sockets: connections, and what listens.
    pub sockets: usize,
}

/// A process that ended instead of starting.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{said}")]
pub struct Refused {
    /// Its exit code, if it has one.
    pub code: Option<i32>,
    /// What it said on standard error.
    pub said: String,
}
