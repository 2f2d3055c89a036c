//! What the server has when it is at rest, and whether that is what it had before.
//!
//! Tasks, file descriptors and connections are counted: one more is one too many. Memory is not so exact, because an
//! allocator keeps what it may need again; what it may have grown by is far less than a small leak makes in a short soak.

use std::time::{Duration, Instant};

use harness::{Server, Verdict, expect};
use tokio::time::sleep;

/// What memory may have grown by, in bytes.
const GROWTH: u64 = 24 << 20;
/// How long nothing more must have gone, before it counts as being at rest.
const STILL: Duration = Duration::from_secs(3);
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// What a server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Bytes of memory.
    pub memory: u64,
    /// Tasks that have not ended.
    pub tasks: u64,
    /// File descriptors.
    pub files: u64,
    /// Connections, with what listens.
    pub connections: u64,
}

impl Measured {
    async fn of(server: &Server) -> Verdict<Self> {
        let tasks = server.statistic("tasks").await?.as_u64();
        let tasks = expect("tasks in the statistics", tasks).is_there()?;
        let held = server.holdings()?;
        Ok(Self { memory: held.memory, tasks, files: held.files as u64, connections: held.sockets as u64 })
    }

    /// The lower of both, in each.
    fn lower(self, other: Self) -> Self {
        Self {
            memory: self.memory.min(other.memory),
            tasks: self.tasks.min(other.tasks),
            files: self.files.min(other.files),
            connections: self.connections.min(other.connections),
        }
    }

    /// What is told of it: its name, how much there is, and how much there may be afterwards.
    pub(super) fn told(&self) -> [(&'static str, u64, u64); 4] {
        [
            ("memory", self.memory, self.memory + GROWTH),
            ("tasks", self.tasks, self.tasks),
            ("file descriptors", self.files, self.files),
            ("connections", self.connections, self.connections),
        ]
    }
}

/// What was kept of what went on between the two; nothing, when all of it has gone.
pub fn kept(beginning: &Measured, end: &Measured) -> Vec<String> {
    let grown = beginning.told().into_iter().zip(end.told()).filter(|((_, _, most), (_, end, _))| end > most);
    grown
        .map(|((what, before, most), (_, end, _))| {
            format!("{what}: {before} before, {end} afterwards, where {most} may be")
        })
        .collect()
}

/// The least that it has while it does nothing: what goes by itself has gone.
pub(super) async fn steady(server: &Server) -> Verdict<Measured> {
    least(server, STILL, |_| false).await
}

/// The same once more; where that is more than before, after having waited for longer.
pub(super) async fn as_before(server: &Server, beginning: &Measured, patience: Duration) -> Verdict<Measured> {
    let now = steady(server).await?;
    match kept(beginning, &now).is_empty() {
        true => Ok(now),
        false => least(server, patience, |now| kept(beginning, now).is_empty()).await,
    }
}

/// The least that it has, until that is `enough`, or has not become less for so long.
async fn least(server: &Server, still: Duration, enough: impl Fn(&Measured) -> bool) -> Verdict<Measured> {
    let mut least = Measured::of(server).await?;
    let mut since = Instant::now();
    while !enough(&least) && since.elapsed() < still {
        sleep(PAUSE).await;
        let now = least.lower(Measured::of(server).await?);
        if now != least {
            (least, since) = (now, Instant::now());
        }
    }
    Ok(least)
}

#[cfg(test)]
mod tests {
    use super::{GROWTH, Measured, kept};

    const BEFORE: Measured = Measured { memory: 50 << 20, tasks: 9, files: 20, connections: 2 };

    #[test]
    fn one_of_anything_is_too_many_but_of_bytes() {
        assert!(kept(&BEFORE, &BEFORE).is_empty());
        assert!(kept(&BEFORE, &Measured { memory: BEFORE.memory + GROWTH, tasks: 8, ..BEFORE }).is_empty());
        for (what, end) in [
            ("memory", Measured { memory: BEFORE.memory + GROWTH + 1, ..BEFORE }),
            ("tasks", Measured { tasks: 10, ..BEFORE }),
            ("file descriptors", Measured { files: 21, ..BEFORE }),
            ("connections", Measured { connections: 3, ..BEFORE }),
        ] {
            let kept = kept(&BEFORE, &end);
            assert!(kept.len() == 1 && kept[0].starts_with(what), "{kept:?}");
        }
    }
}
