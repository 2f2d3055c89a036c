//! Tasks that end together, so that a proxy leaves none behind.

use hyper::rt::Executor;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A group of tasks. Clones stand for the same group.
#[derive(Debug, Clone, Default)]
pub(super) struct Tasks {
    running: TaskTracker,
    end: CancellationToken,
}

impl Tasks {
    /// Runs this until it is done or the group ends; `None` in the latter case.
    pub(super) fn spawn<F>(&self, work: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.running.spawn(self.end.clone().run_until_cancelled_owned(work))
    }

    /// Ends every task at its next chance.
    pub(super) fn end(&self) {
        self.end.cancel();
    }

    /// Ends every task and waits until all of them are gone.
    pub(super) async fn ended(&self) {
        self.end();
        self.running.close();
        self.running.wait().await;
    }
}

impl<F: Future<Output: Send> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, work: F) {
        self.spawn(work);
    }
}
