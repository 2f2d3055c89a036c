//! The tier of a run, from its start to its end, whatever that is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use harness::dynamodb::{Tier, TierChoice, TierError};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::Exit;

/// A tier that is up, with what ends it when the run is interrupted.
pub(crate) struct RunningTier {
    runtime: Runtime,
    tier: Arc<Tier>,
    /// Somebody else ends the tier, and this process.
    interrupted: Arc<AtomicBool>,
}

impl RunningTier {
    /// Starts a tier, with this table if it is one's own. What takes long is said on standard error.
    pub(crate) fn start(choice: &TierChoice, table: Option<&str>) -> Result<Self, Exit> {
        let choice = match table {
            Some(table) => choice.clone().with_table(table).map_err(Exit::Usage)?,
            None => choice.clone(),
        };
        // Of its own: a lab's runtime ends with the lab.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().context("a runtime")?;
        let tier = runtime.block_on(Tier::start(&choice, |progress| eprintln!("candlecheck: {progress}")))?;
        let (tier, interrupted) = (Arc::new(tier), Arc::<AtomicBool>::default());
        if tier.leaves_something() {
            let _in_runtime = runtime.enter();
            for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
                let told = signal(kind).context("waiting for signals")?;
                runtime.spawn(end_when(told, kind, Arc::clone(&tier), Arc::clone(&interrupted)));
            }
        }
        Ok(Self { runtime, tier, interrupted })
    }

    /// The tier, for those who run on it.
    pub(crate) fn shared(&self) -> Arc<Tier> {
        Arc::clone(&self.tier)
    }

    /// Says what so many runs of scenarios will cost, where somebody is charged.
    pub(crate) fn announce(&self, runs: usize) {
        if let Some(estimate) = self.tier.estimate(runs) {
            eprintln!("candlecheck: {runs} runs of scenarios on {}: {estimate}; Ctrl-C ends it", self.tier.facts());
        }
    }

    /// Ends it, and removes what it has left.
    pub(crate) fn end(self) -> Result<(), Exit> {
        while self.interrupted.load(Ordering::Relaxed) {
            std::thread::park();
        }
        self.runtime.block_on(self.tier.end())?;
        if let Some(spent) = self.tier.spent() {
            eprintln!("candlecheck: it took {spent}");
        }
        Ok(())
    }
}

/// Removes what the tier has left, once a signal comes, and ends this process as the signal would have.
async fn end_when(mut told: Signal, kind: SignalKind, tier: Arc<Tier>, interrupted: Arc<AtomicBool>) {
    told.recv().await;
    // Scenarios fail from now on, and their report would end this process before everything is removed.
    interrupted.store(true, Ordering::Relaxed);
    eprintln!("candlecheck: interrupted; removing what the run has left");
    if let Err(cause) = tier.end().await {
        eprintln!("candlecheck: not everything could be removed: {cause:#}; the next run tries it again");
    }
    std::process::exit(128 + kind.as_raw_value());
}

impl From<TierError> for Exit {
    fn from(none: TierError) -> Self {
        match none {
            TierError::NotThere(advice) => Self::NotThere(advice),
            TierError::Broken(cause) => Self::Broken(cause),
        }
    }
}
