//! A child process. Nothing of it is left when this is dropped: neither the process nor its zombie.

use std::os::unix::process::CommandExt;
use std::process::{self, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::Context;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};

use super::output::Output;
use crate::targets::Holdings;

/// A process that was started. It holds the other end of its standard input, which the system closes when this
/// process ends, in whatever way: a server that ends with its standard input outlives nobody.
#[derive(Debug)]
pub(in crate::targets) struct Child {
    process: Mutex<process::Child>,
    pid: Pid,
    /// Whether it leads a group of processes, all of which end with it.
    leads: bool,
    pub(in crate::targets) stdout: Output,
    pub(in crate::targets) stderr: Output,
}

impl Child {
    /// Starts a process, and takes down what it says.
    pub(in crate::targets) fn start(command: Command) -> anyhow::Result<Self> {
        Self::begin(command, false)
    }

    /// The same for one that may start others: signals go to all of them, and none is left when this is dropped.
    pub(in crate::targets) fn start_leader(mut command: Command) -> anyhow::Result<Self> {
        command.process_group(0);
        Self::begin(command, true)
    }

    fn begin(mut command: Command, leads: bool) -> anyhow::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let program = command.get_program().to_string_lossy().into_owned();
        let mut process = command.spawn().with_context(|| format!("starting {program}"))?;
        let pid = Pid::from_child(&process);
        let (stdout, stderr) = (Output::default(), Output::default());
        let streams = process.stdout.take().zip(process.stderr.take()).context("a child without its output")?;
        let (out, err) = (stdout.clone(), stderr.clone());
        let complaining = thread::spawn(move || err.listen_to(streams.1));
        thread::spawn(move || {
            let _unread = out.listen_to(streams.0);
            let _ = complaining.join();
            // Waits for the end without taking the zombie away: as long as it is there, nobody else gets its number,
            // and a signal cannot hit a stranger.
            let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
            out.is_over();
        });
        Ok(Self { process: Mutex::new(process), pid, leads, stdout, stderr })
    }

    /// Its number, which is also that of the group that it leads.
    pub(in crate::targets) fn pid(&self) -> Pid {
        self.pid
    }

    /// Asks it to end, with SIGTERM.
    pub(in crate::targets) fn terminate(&self) -> anyhow::Result<()> {
        self.signal(Signal::TERM).context("sending SIGTERM")
    }

    /// Ends it at once, with SIGKILL.
    pub(in crate::targets) fn kill(&self) -> anyhow::Result<()> {
        self.signal(Signal::KILL).context("sending SIGKILL")
    }

    fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        let mut process = self.process();
        match process.try_wait()? {
            // It has ended already, and its number may be somebody else's.
            Some(_) => Ok(()),
            None if self.leads => Ok(kill_process_group(self.pid, signal)?),
            None => Ok(kill_process(self.pid, signal)?),
        }
    }

    /// Waits until it has ended and everything that it said is there.
    pub(in crate::targets) async fn ended(&self) -> anyhow::Result<ExitStatus> {
        self.stdout.over().await;
        self.process().wait().context("taking the end of a process")
    }

    fn process(&self) -> MutexGuard<'_, process::Child> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the system tells of it, if that is Linux.
impl Child {
    /// The most memory that it has taken so far, in bytes.
    pub(in crate::targets) fn peak_memory(&self) -> anyhow::Result<u64> {
        self.told_in_bytes("VmHWM:")
    }

    /// What it has of the system now.
    pub(in crate::targets) fn holdings(&self) -> anyhow::Result<Holdings> {
        let folder = self.told("fd");
        let files = std::fs::read_dir(&folder).with_context(|| format!("{folder} cannot be read"))?;
        // One that was closed since it was listed leads nowhere.
        let files: Vec<_> = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok()).collect();
        let sockets = files.iter().filter(|leads_to| leads_to.to_string_lossy().starts_with("socket:")).count();
        Ok(Holdings { memory: self.told_in_bytes("RssAnon:")?, files: files.len(), sockets })
    }

    fn told_in_bytes(&self, what: &str) -> anyhow::Result<u64> {
        let file = self.told("status");
        let status = std::fs::read_to_string(&file).with_context(|| format!("{file} cannot be read"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(what)?.trim().strip_suffix(" kB"));
        Ok(line.with_context(|| format!("{file} does not tell {what}"))?.parse::<u64>()? * 1024)
    }

    fn told(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.pid.as_raw_nonzero())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Neither fails but when it has ended before, which is as it should be.
        let _ = self.kill();
        let _ = self.process().wait();
    }
}
