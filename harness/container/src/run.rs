//! A run that owns a container, and whether it is still alive.

use std::fs::{self, File, TryLockError};
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rustix::system::uname;
use uuid::Uuid;

/// The run that a container belongs to.
const RUN: &str = "candlecheck.run";
/// The machine that the run is on: what locks its file.
const HOST: &str = "candlecheck.host";
/// The file that the run keeps locked while it lives. The system unlocks it, in whatever way a process ends.
const LOCK: &str = "candlecheck.lock";

/// What finds every container of every run.
pub(crate) const LABEL: &str = RUN;

/// This run, alive as long as it is held. It bears the ID of the process that wants the container.
pub(crate) struct Run {
    id: String,
    path: PathBuf,
    _locked: File,
}

impl Run {
    pub(crate) fn begin() -> anyhow::Result<Self> {
        let id = format!("{}-{:x}", Uuid::new_v4().simple(), parent_id());
        let path = std::env::temp_dir().join(format!("candlecheck-{id}.lock"));
        let locked = File::create_new(&path).with_context(|| format!("creating {}", path.display()))?;
        locked.lock().with_context(|| format!("locking {}", path.display()))?;
        Ok(Self { id, path, _locked: locked })
    }

    /// What tells it from every other run, on any machine that shares a Docker with this one.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Removes its file, once its container is gone.
    pub(crate) fn end(&self) {
        // At worst an empty file stays where the system clears up by itself.
        let _ = fs::remove_file(&self.path);
    }

    /// What its container carries.
    pub(crate) fn labels(&self) -> [(&'static str, String); 3] {
        [(RUN, self.id.clone()), (HOST, host()), (LOCK, self.path.to_string_lossy().into_owned())]
    }
}

/// Whether the run whose container carries these labels is dead. Of a run on another machine nothing is known, so it
/// counts as alive.
pub(crate) fn is_dead<'a>(label: impl Fn(&str) -> Option<&'a String>) -> bool {
    match (label(HOST), label(LOCK)) {
        (Some(machine), Some(lock)) => *machine == host() && !is_locked(Path::new(lock)),
        _ => false,
    }
}

/// Whether somebody holds this file. When nobody does, it is removed.
fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        Ok(()) | Err(TryLockError::Error(_)) => {
            let _ = fs::remove_file(path);
            false
        }
    }
}

fn host() -> String {
    uname().nodename().to_string_lossy().into_owned()
}
