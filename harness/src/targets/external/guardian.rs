//! Ends a server that is not ours with this process, in whatever way this one ends: a stranger's server knows nothing
//! of us, and would go on when we are killed.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::Context;
use rustix::process::Pid;

/// Waits for its standard input to end, which the system closes when this process is gone.
const SCRIPT: &str = r#"read -r _; kill -s KILL -- "-$1""#;

/// A shell beside a group of processes, which kills them when this process does not live to do it.
#[derive(Debug)]
pub(super) struct Guardian(Child);

impl Guardian {
    /// Looks after the group that this process leads.
    pub(super) fn of(leader: Pid) -> anyhow::Result<Self> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SCRIPT, "guardian"]).arg(leader.as_raw_nonzero().to_string());
        // In a group of its own, so that Ctrl-C leaves it time to do its work.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(command.spawn().context("starting /bin/sh")?))
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        // Its standard input is still open, so it has done nothing yet.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
