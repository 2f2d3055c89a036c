//! Gates: calls wait at them until the scenario lets them go. This is how races become deterministic.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// How long a scenario waits for an event that should come; it is never the measure of a result.
pub const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, Default)]
struct State {
    arrived: usize,
    open_for: usize,
}

/// The scenario's end of a gate. Dropping it opens the gate for good.
#[derive(Debug)]
pub struct Gate {
    state: Arc<watch::Sender<State>>,
}

/// The wire's end of a gate.
#[derive(Debug, Clone)]
pub struct Barrier {
    state: Arc<watch::Sender<State>>,
}

/// A closed gate and its barrier.
pub fn gate() -> (Gate, Barrier) {
    let state = Arc::new(watch::Sender::new(State::default()));
    (Gate { state: Arc::clone(&state) }, Barrier { state })
}

impl Gate {
    /// Waits until `count` calls in all have come to the gate; false when they did not within [`PATIENCE`].
    pub async fn arrived(&self, count: usize) -> bool {
        let mut state = self.state.subscribe();
        let wait = state.wait_for(|state| state.arrived >= count);
        tokio::time::timeout(PATIENCE, wait).await.is_ok_and(|seen| seen.is_ok())
    }

    /// How many calls have come to the gate so far.
    pub fn arrivals(&self) -> usize {
        self.state.borrow().arrived
    }

    /// Lets the first `count` calls that are still held go on; later ones are held.
    pub fn release(&self, count: usize) {
        self.state.send_modify(|state| state.open_for = state.open_for.saturating_add(count));
    }

    /// Lets everything go on, now and from now on.
    pub fn open(&self) {
        self.release(usize::MAX);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.open();
    }
}

impl Barrier {
    /// Holds the caller until the gate lets it go.
    pub async fn pass(&self) {
        let mut place = 0;
        self.state.send_modify(|state| {
            state.arrived += 1;
            place = state.arrived;
        });
        let mut state = self.state.subscribe();
        // The sender lives in self, so waiting cannot fail.
        let _ = state.wait_for(|state| state.open_for >= place).await;
    }
}
