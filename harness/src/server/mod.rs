//! A server under test, as a scenario handles it.

mod asking;
mod connection;
mod stopping;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

pub(crate) use self::asking::Asking;
pub use self::connection::{Connection, Ending};
pub use self::stopping::Stopping;
use crate::ask::Ask;
use crate::contract::{ADMIN_TOKEN, TOKEN};
use crate::dialect::Dialect;
use crate::gate::PATIENCE;
use crate::observe::journal::{Journal, Peer};
use crate::observe::metrics::Metrics;
use crate::remains::Collection;
use crate::reply::Reply;
use crate::targets::{Holdings, Instance};
use crate::verdict::{Failure, Stop, Verdict, expect};

/// How long a scenario waits before it looks for something again.
const LOOKING_AGAIN: Duration = Duration::from_millis(1);

/// One running instance. Clones are the same instance.
#[derive(Clone)]
pub struct Server {
    name: String,
    instance: Arc<dyn Instance>,
    client: reqwest::Client,
    journal: Journal,
    collection: Collection,
    dialect: Arc<Dialect>,
}

impl Server {
    pub(crate) fn new(
        name: String,
        instance: Arc<dyn Instance>,
        client: reqwest::Client,
        journal: Journal,
        collection: Collection,
        dialect: Arc<Dialect>,
    ) -> Self {
        Self { name, instance, client, journal, collection, dialect }
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.instance, &other.instance)
    }

    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.instance.stop().await
    }

    /// Asks for candles, with valid credentials.
    ///
    /// # Errors
    /// Failed, when no answer comes.
    pub async fn ask(&self, ask: Ask) -> Verdict<Reply> {
        self.get(&ask.path(), ask.headers()).await
    }

    /// Asks for candles, and goes on before the answer is there.
    pub fn begin(&self, ask: Ask) -> Asking {
        let server = self.clone();
        Asking(tokio::spawn(async move { server.ask(ask).await }))
    }

    /// Asks for the same candles `count` times at once.
    ///
    /// # Errors
    /// Failed, when one answer does not come.
    pub async fn ask_together(&self, count: usize, ask: &Ask) -> Verdict<Vec<Reply>> {
        try_join_all((0..count).map(|_| self.ask(ask.clone()))).await
    }

    /// Gets any path, with valid credentials.
    ///
    /// # Errors
    /// Failed, when no answer comes.
    pub async fn get(&self, path: &str, headers: &[(String, String)]) -> Verdict<Reply> {
        let mut all = vec![("authorization".to_owned(), format!("Bearer {TOKEN}"))];
        all.extend_from_slice(headers);
        self.send("GET", path, &all, "").await
    }

    /// As [`Self::get`], and goes on before the answer is there.
    pub fn begin_to_get(&self, path: &str) -> Asking {
        let (server, path) = (self.clone(), path.to_owned());
        Asking(tokio::spawn(async move { server.get(&path, &[]).await }))
    }

    /// Posts to any path, with this token.
    ///
    /// # Errors
    /// Failed, when no answer comes.
    pub async fn post(&self, path: &str, body: &str, token: &str) -> Verdict<Reply> {
        self.send("POST", path, &[("authorization".to_owned(), format!("Bearer {token}"))], body).await
    }

    /// Invalidates everything about one ticker, or everything, as an admin.
    ///
    /// # Errors
    /// Failed, when no answer comes.
    pub async fn invalidate(&self, ticker: Option<&str>) -> Verdict<Reply> {
        let asked = ticker.map_or_else(|| json!({}), |ticker| json!({"ticker": ticker}));
        self.post("/api/v2/cache/invalidate", &asked.to_string(), ADMIN_TOKEN).await
    }

    /// As [`Self::invalidate`], and goes on before the answer is there.
    pub fn begin_invalidation(&self, ticker: Option<&str>) -> Asking {
        let (server, ticker) = (self.clone(), ticker.map(str::to_owned));
        Asking(tokio::spawn(async move { server.invalidate(ticker.as_deref()).await }))
    }

    /// Sends exactly this: no credentials but those among the headers.
    ///
    /// # Errors
    /// Failed, when no answer comes. Broken, when the method is not valid.
    pub async fn send(&self, method: &str, path: &str, headers: &[(String, String)], body: &str) -> Verdict<Reply> {
        let url = format!("{}{path}", self.instance.url());
        let verb = method.parse().map_err(|_| Stop::Broken(format!("{method:?} is not a valid method")))?;
        let mut request = self.client.request(verb, url);
        for (name, value) in headers {
            if let ("authorization", Some((_, token))) = (name.as_str(), value.split_once(' ')) {
                self.collection.secret(token);
            }
        }
        for (name, value) in self.dialect.of_request(headers)? {
            request = request.header(name, value);
        }
        if !body.is_empty() {
            request = request.body(body.to_owned());
        }
        let number = self.journal.begin(Peer::Server, method, format!("{} {path}", self.name), Value::Null);
        let answered = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let headers: BTreeMap<String, String> = response
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect();
            Ok::<_, reqwest::Error>(Reply::new(status, headers, response.text().await?, Arc::clone(&self.dialect)))
        };
        match answered.await {
            Ok(reply) => {
                let noted = json!({"source": reply.source(), "key": reply.cache_key(), "bytes": reply.text.len()});
                self.journal.answer(number, reply.status, noted);
                self.collection.reply(&reply);
                Ok(reply)
            }
            Err(problem) => {
                self.journal.answer(number, 0, json!(problem.to_string()));
                let actual = if problem.is_timeout() { "silence".into() } else { format!("{problem:?}") };
                let expected = "an answer, within a client's patience".to_owned();
                Err(Stop::Failed(Failure { what: format!("{method} {path}"), expected, actual }))
            }
        }
    }

    /// Empties its memory, so that the next answer shows what the table holds.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all.
    pub async fn drop_l1(&self) -> Verdict {
        Ok(self.instance.drop_l1().await?)
    }

    /// Waits until it has written everything.
    ///
    /// # Errors
    /// Broken, when the target cannot tell.
    pub async fn idle(&self) -> Verdict {
        Ok(self.instance.idle().await?)
    }

    /// Its metrics as they are now.
    ///
    /// # Errors
    /// Failed, when `/metrics` does not answer.
    pub async fn metrics(&self) -> Verdict<Metrics> {
        Ok(Metrics::read(&self.get("/metrics", &[]).await?.text))
    }

    /// Its metrics as its log has them, in embedded metric format. They are whole when it has stopped.
    pub fn logged_metrics(&self) -> Metrics {
        Metrics::embedded(&self.known_logs())
    }

    /// Waits until a metric has grown to `count`; false when it has not within [`PATIENCE`].
    ///
    /// # Errors
    /// Failed, when `/metrics` does not answer.
    pub async fn has_counted(&self, metric: &str, count: u64) -> Verdict<bool> {
        let started = Instant::now();
        while self.metrics().await?.count(metric) < count {
            if started.elapsed() > PATIENCE {
                return Ok(false);
            }
            // Time must pass for what the server does by the clock: in virtual time a busy loop would stop it.
            sleep(LOOKING_AGAIN).await;
        }
        Ok(true)
    }

    /// What it says about itself: a field of its statistics.
    ///
    /// # Errors
    /// Failed, when it says nothing.
    pub async fn statistic(&self, name: &str) -> Verdict<Value> {
        Ok(self.get("/api/v2/cache/stats", &[]).await?.field(name))
    }

    /// Lets it go wrong from now on at this place, in this way, until it is told otherwise.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all.
    pub async fn fails_at(&self, place: &str, way: &str) -> Verdict {
        Ok(self.instance.fail_at(Some((place, way))).await?)
    }

    /// Lets it work again everywhere.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all.
    pub async fn fails_nowhere(&self) -> Verdict {
        Ok(self.instance.fail_at(None).await?)
    }

    /// Takes the sink of its logs and metrics away, and lets it notice: it has failed to write metrics since. The answer
    /// is that to the first request without the sink, or the first that was no success.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all. Failed, when it does not notice.
    pub async fn loses_its_sink(&self, ask: Ask) -> Verdict<Reply> {
        self.instance.lose_sink()?;
        let reply = self.ask(ask.clone()).await?;
        let (started, mut failed) = (Instant::now(), 0);
        while failed == 0 && started.elapsed() < PATIENCE {
            // It learns of its loss by what it writes, so it is given something to write, and time to write it.
            sleep(LOOKING_AGAIN).await;
            let later = self.ask(ask.clone()).await?;
            if later.status != 200 {
                return Ok(later);
            }
            failed = self.metrics().await?.count("MetricFlushFailed");
        }
        expect("MetricFlushFailed", failed).is_not(0)?;
        Ok(reply)
    }

    /// Leaves its log unread from now on: the pipe stays open, and fills.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all.
    pub fn leaves_its_log_unread(&self) -> Verdict {
        Ok(self.instance.leave_log_unread()?)
    }

    /// Leaves its log unread for so long: the pipe stays open, and fills.
    ///
    /// # Errors
    /// Broken, when the target cannot do it after all.
    pub fn leaves_its_log_unread_for(&self, time: Duration) -> Verdict {
        Ok(self.instance.leave_log_unread_for(time)?)
    }

    /// What it has said since this was asked last.
    pub(crate) fn hand_over_logs(&self) -> anyhow::Result<String> {
        self.instance.hand_over_logs()
    }

    /// Everything that it has said so far, as it is.
    pub(crate) async fn log(&self) -> anyhow::Result<String> {
        self.instance.log_caught_up().await?;
        Ok(self.instance.logs() + &self.instance.complaints())
    }

    /// The most memory that it has taken so far, in bytes.
    ///
    /// # Errors
    /// Broken, when the target cannot tell after all.
    pub fn peak_memory(&self) -> Verdict<u64> {
        Ok(self.instance.peak_memory()?)
    }

    /// What its process has of the system now.
    ///
    /// # Errors
    /// Broken, when the target cannot tell after all.
    pub fn holdings(&self) -> Verdict<Holdings> {
        Ok(self.instance.holdings()?)
    }

    /// Its log lines so far; lines that are not JSON objects come as strings.
    ///
    /// # Errors
    /// Broken, when its log cannot be had.
    pub async fn logs(&self) -> Verdict<Vec<Value>> {
        self.instance.log_caught_up().await?;
        Ok(self.known_logs())
    }

    fn known_logs(&self) -> Vec<Value> {
        self.instance.logs().lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| json!(line))).collect()
    }
}
