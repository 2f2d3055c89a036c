//! A question that was put while the scenario goes on.

use std::time::Duration;

use tokio::task::JoinHandle;

use crate::reply::Reply;
use crate::verdict::{Stop, Verdict, expect};

/// A question whose answer is still to come.
pub struct Asking(pub(super) JoinHandle<Verdict<Reply>>);

impl Asking {
    /// The answer, when it is there.
    ///
    /// # Errors
    /// Failed, when none comes.
    pub async fn answer(self) -> Verdict<Reply> {
        self.0.await.unwrap_or_else(|cause| Err(Stop::Broken(format!("asking ended: {cause}"))))
    }

    /// The answer, for which a client waits no longer than this.
    ///
    /// # Errors
    /// Failed, when none has come by then.
    pub async fn answer_within(self, patience: Duration) -> Verdict<Reply> {
        let answered = tokio::time::timeout(patience, self.answer()).await.ok();
        expect(format!("an answer within {patience:?}"), answered).is_there()?
    }
}
