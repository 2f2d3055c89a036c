//! Whether an instance is ready: what the table says, asked for seldom, because anybody may ask us.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio_util::task::TaskTracker;
use tracing::instrument::WithSubscriber;

use crate::policy::policy;
use crate::store::{Store, StoreError};

policy! {
    /// What is told of an instance's readiness.
    HealthPolicy "health" {
        values {
            /// For how long what the table has answered is told again before it is asked again.
            told_again: Duration = Duration::from_secs(1), setting "OHLC_READY_EVERY", from "decisions.md#readiness";
        }
    }
}

/// What is known of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableState {
    Reachable,
    Unreachable,
    /// The breaker is open, and requests do without it.
    LeftAlone,
}

impl TableState {
    pub(super) fn is_ready(self) -> bool {
        self != Self::Unreachable
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Unreachable => "unreachable",
            Self::LeftAlone => "breaker open",
        }
    }
}

/// What is told of it.
pub(super) struct Told {
    pub(super) table: TableState,
    /// Whether the answer was there before the question.
    pub(super) known_before: bool,
}

/// A question to the table: when it was put, and its answer.
type Asked = (DateTime<Utc>, Shared<BoxFuture<'static, TableState>>);

/// Knows whether the table answers.
pub(crate) struct Readiness {
    policy: HealthPolicy,
    store: Arc<Store>,
    tasks: TaskTracker,
    asked: Mutex<Option<Asked>>,
}

impl Readiness {
    /// Nothing is known yet.
    pub(crate) fn new(policy: HealthPolicy, store: Arc<Store>, tasks: TaskTracker) -> Self {
        Self { policy, store, tasks, asked: Mutex::default() }
    }

    /// What is known at this instant; the table is asked, unless it was a moment ago.
    pub(super) async fn told(&self, now: DateTime<Utc>) -> Told {
        if self.store.breaker().is_open(now) {
            return Told { table: TableState::LeftAlone, known_before: false };
        }
        let answer = self.answer(now);
        let known_before = answer.peek().is_some();
        Told { table: answer.await, known_before }
    }

    fn answer(&self, now: DateTime<Utc>) -> Shared<BoxFuture<'static, TableState>> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: DateTime<Utc>| (now - at).to_std().is_ok_and(|age| age < self.policy.told_again);
        if let Some((_, answer)) = asked.as_ref().filter(|(at, _)| recent(*at)) {
            return answer.clone();
        }
        let store = Arc::clone(&self.store);
        let ask = async move {
            match store.reach().await {
                Ok(()) => TableState::Reachable,
                // Somebody else's call opened the breaker in this very moment.
                Err(StoreError::BreakerOpen) => TableState::LeftAlone,
                Err(_) => TableState::Unreachable,
            }
        };
        // In a task of its own: who asks and leaves must not make the next one ask again.
        let task = self.tasks.spawn(ask.with_current_subscriber());
        let answer = task.map(|ended| ended.unwrap_or(TableState::Unreachable)).boxed().shared();
        *asked = Some((now, answer.clone()));
        answer
    }
}
