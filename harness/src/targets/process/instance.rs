//! A running process as an instance of the server under test.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::json;

use super::child::Child;
use super::{Controls, spoken};
use crate::targets::loopback::client;
use crate::targets::{Holdings, Instance};

/// How long a control may take. Waiting for idleness may mean to wait for what a scenario slows down.
const PATIENCE: Duration = Duration::from_secs(30);
/// What lines begin with that the harness itself had written into the log.
const MARK: &str = "candlecheck-mark-";

/// One process that listens.
pub(super) struct Process {
    url: String,
    child: Child,
    controls: Controls,
    client: reqwest::Client,
    marks: AtomicUsize,
}

impl Process {
    pub(super) fn listening(url: String, child: Child, controls: Controls) -> anyhow::Result<Self> {
        Ok(Self { url, child, controls, client: client(PATIENCE)?, marks: AtomicUsize::new(0) })
    }

    /// Uses a control: a POST to a path.
    async fn control(&self, path: &str, body: String) -> anyhow::Result<()> {
        let request = self.client.post(format!("{}{path}", self.url)).header("content-type", "application/json");
        let sent = request.body(body).send();
        let answer = sent.await.with_context(|| format!("the control {path} does not answer"))?;
        ensure!(answer.status().is_success(), "the control {path} answers {}", answer.status());
        Ok(())
    }
}

impl Instance for Process {
    fn url(&self) -> &str {
        &self.url
    }

    fn drop_l1(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        self.control(self.controls.drop_l1, String::new()).boxed()
    }

    fn idle(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        self.control(self.controls.idle, String::new()).boxed()
    }

    fn fail_at(&self, fault: Option<(&str, &str)>) -> BoxFuture<'_, anyhow::Result<()>> {
        let body = fault.map_or_else(|| json!({}), |(place, way)| json!({"at": place, "how": way}));
        self.control(self.controls.fail, body.to_string()).boxed()
    }

    fn lose_sink(&self) -> anyhow::Result<()> {
        self.child.stdout.lose();
        Ok(())
    }

    fn leave_log_unread(&self) -> anyhow::Result<()> {
        self.child.stdout.leave_unread();
        Ok(())
    }

    fn leave_log_unread_for(&self, time: Duration) -> anyhow::Result<()> {
        self.child.stdout.pauses_for(time);
        Ok(())
    }

    fn peak_memory(&self) -> anyhow::Result<u64> {
        self.child.peak_memory()
    }

    fn holdings(&self) -> anyhow::Result<Holdings> {
        self.child.holdings()
    }

    fn hand_over_logs(&self) -> anyhow::Result<String> {
        let lines = [self.child.stdout.hand_over(), self.child.stderr.hand_over()].concat();
        Ok(lines.join("\n"))
    }

    fn logs(&self) -> String {
        self.child.stdout.text(|line| !line.contains(MARK))
    }

    fn complaints(&self) -> String {
        self.child.stderr.text(|_| true)
    }

    /// Has a mark written into the log, and reads as far as that.
    fn log_caught_up(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            let mark = format!("{MARK}{}.", self.marks.fetch_add(1, Ordering::Relaxed));
            if self.child.stdout.has_ended() {
                return Ok(());
            }
            self.control(self.controls.log, mark.clone()).await?;
            let read = self.child.stdout.wait_for(|line| line.contains(&mark).then_some(())).await;
            read.with_context(|| format!("the log lacks {mark}, though it was written"))
        }
        .boxed()
    }

    fn stop(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            self.child.terminate()?;
            let status = self.child.ended().await?;
            match status.success() {
                true => Ok(()),
                false => bail!("it ended with {status}{}", spoken(&self.child)),
            }
        }
        .boxed()
    }

    fn begin_to_stop(&self) -> anyhow::Result<()> {
        self.child.terminate()
    }

    fn exit_code(&self) -> BoxFuture<'_, anyhow::Result<Option<i32>>> {
        async { Ok(self.child.ended().await?.code()) }.boxed()
    }

    fn kill(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            self.child.kill()?;
            self.child.ended().await?;
            Ok(())
        }
        .boxed()
    }
}
