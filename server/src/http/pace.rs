//! How long a client may still keep its connection waiting. Time runs while the client has something to do: to send a
//! head, to take an answer, to ask again. It stands still while the server is at work.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The pace of one connection. Clones are the same.
#[derive(Clone)]
pub(super) struct Pace {
    head: Duration,
    idle: Duration,
    waiting: Arc<Mutex<Waiting>>,
}

/// What the server waits for, and since when.
#[derive(Clone, Copy)]
enum Waiting {
    /// The rest of a head, whose first byte came then; at first, the whole of it.
    Head(Instant),
    /// That its answer is taken, or that it asks again; the last byte of an answer went then.
    Client(Instant),
    /// Nothing: it has a request to answer.
    Nothing,
}

impl Pace {
    /// A connection that begins now, with so much time for a head, and for doing nothing in between.
    pub(super) fn begin(head: Duration, idle: Duration) -> Self {
        Self { head, idle, waiting: Arc::new(Mutex::new(Waiting::Head(Instant::now()))) }
    }

    /// Bytes have come. The first ones after an answer begin a head; how the others trickle in does not matter.
    pub(super) fn received(&self) {
        self.change(|waiting| match waiting {
            Waiting::Client(_) => Waiting::Head(Instant::now()),
            Waiting::Head(_) | Waiting::Nothing => waiting,
        });
    }

    /// Bytes have gone.
    pub(super) fn sent(&self) {
        self.change(|waiting| match waiting {
            Waiting::Client(_) => Waiting::Client(Instant::now()),
            Waiting::Head(_) | Waiting::Nothing => waiting,
        });
    }

    /// A request is there, and now the server is at work.
    pub(super) fn is_asked(&self) {
        self.change(|_| Waiting::Nothing);
    }

    /// The answer is there, and now it is the client's turn.
    pub(super) fn has_answered(&self) {
        self.change(|_| Waiting::Client(Instant::now()));
    }

    /// When the client's time is over; never, while it has nothing to do.
    pub(super) fn ends(&self) -> Option<Instant> {
        match *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) {
            Waiting::Head(since) => Some(since + self.head),
            Waiting::Client(since) => Some(since + self.idle),
            Waiting::Nothing => None,
        }
    }

    fn change(&self, change: impl FnOnce(Waiting) -> Waiting) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = change(*waiting);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const HEAD: Duration = Duration::from_secs(10);
    const IDLE: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn time_runs_while_it_is_the_clients_turn() {
        let (pace, begun) = (Pace::begin(HEAD, IDLE), Instant::now());
        advance(Duration::from_secs(3)).await;
        pace.received();
        assert_eq!(pace.ends(), Some(begun + HEAD), "a head that trickles gets no more time");
        pace.is_asked();
        pace.received();
        assert_eq!(pace.ends(), None, "a body has a time of its own");
        pace.has_answered();
        assert_eq!(pace.ends(), Some(Instant::now() + IDLE));
        advance(Duration::from_secs(3)).await;
        pace.sent();
        assert_eq!(pace.ends(), Some(Instant::now() + IDLE), "an answer that is taken bit by bit is taken");
        pace.received();
        assert_eq!(pace.ends(), Some(Instant::now() + HEAD));
    }
}
