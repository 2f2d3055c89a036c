//! The lab: one isolated world per scenario. Its own table, wire, providers and calendar, gone when it closes.

mod ending;
mod starting;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::capability::Need;
use crate::capability::Unsupported;
use crate::clock::Clock;
use crate::contract::{ADMIN_TOKEN, TOKEN};
use crate::dialect::{Authentication, Dialect};
use crate::dynamodb::{Share, Table, Tier};
use crate::faults::FaultProxy;
use crate::observe::alarms::{Alarms, History};
use crate::observe::journal::{Exchange, Journal};
use crate::providers::{Market, Provider, Word};
use crate::remains::{Collection, Remains};
use crate::server::Server;
use crate::targets::loopback::client;
use crate::targets::{Launch, Target};
use crate::time::Time;
use crate::verdict::{Failure, Stop, Verdict, expect};

/// The key that the Tiingo double accepts.
const TIINGO_KEY: &str = "candlecheck-tiingo-key";
/// The key that the Finnhub double accepts.
const FINNHUB_KEY: &str = "candlecheck-finnhub-key";
/// What signs the calls to DynamoDB. No tier here checks it; that it stays secret is checked.
const AWS_SECRET: &str = "candlecheck-aws-secret";
/// A Tuesday evening in New York, after the close, in the middle of winter time.
const BEGINNING: &str = "2026-02-03T22:00:00Z";

/// One scenario's world.
pub struct Lab {
    /// The wire to DynamoDB, where faults are injected.
    pub dynamodb: FaultProxy,
    /// The table, past that wire.
    pub table: Table,
    /// The preferred provider.
    pub tiingo: Provider,
    /// The fallback.
    pub finnhub: Provider,
    /// Every call on every wire.
    pub journal: Journal,
    /// What makes this run repeatable.
    pub seed: u64,
    time: Time,
    clock: Clock,
    share: Share,
    target: Arc<dyn Target>,
    dialect: Arc<Dialect>,
    client: reqwest::Client,
    servers: Vec<Server>,
    /// How many were ever started.
    count: usize,
    /// Those that have been stopped, for what they have logged.
    stopped: Vec<Server>,
    collection: Collection,
}

impl Lab {
    /// Builds a world around a target, on a tier, in real time.
    ///
    /// # Errors
    /// When a part of it does not start.
    pub async fn open(target: Arc<dyn Target>, tier: &Tier, seed: u64) -> anyhow::Result<Self> {
        Self::open_in(Time::Real, target, tier, seed).await
    }

    /// The same in the time of the runtime that it is built on.
    ///
    /// # Errors
    /// When a part of it does not start.
    pub(crate) async fn open_in(time: Time, target: Arc<dyn Target>, tier: &Tier, seed: u64) -> anyhow::Result<Self> {
        let journal = Journal::default();
        let clock = Clock::in_time(time, BEGINNING.meaning());
        let market = Market::new(seed);
        market.follows(&clock);
        let share = tier.share(&clock).await?;
        let (dialect, collection) = (target.dialect(), Collection::default());
        let shown = dialect.authentication.iter().flat_map(Authentication::secrets);
        shown.for_each(|secret| collection.secret(&secret));
        Ok(Self {
            dynamodb: FaultProxy::before(share.upstream()?, journal.clone(), seed).await?,
            tiingo: Provider::tiingo(&market, &journal, TIINGO_KEY).await?,
            finnhub: Provider::finnhub(&market, &journal, FINNHUB_KEY).await?,
            client: client(target.patience())?,
            servers: Vec::new(),
            count: 0,
            stopped: Vec::new(),
            collection,
            table: share.table().clone().in_words_of(Arc::clone(&dialect)),
            dialect,
            journal,
            seed,
            time,
            clock,
            share,
            target,
        })
    }

    /// The present instant of this world.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Sets the calendar of everything in this world: `2026-02-03T21:30:00Z`.
    pub fn time_is(&self, now: impl Word<DateTime<Utc>>) {
        self.clock.set(now.meaning());
    }

    /// How time passes here.
    pub fn time(&self) -> Time {
        self.time
    }

    /// Randomness that the seed repeats.
    pub fn rng(&self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.seed)
    }

    /// What became by now of the alarm on a metric, given log lines of any number of instances.
    ///
    /// # Errors
    /// Failed, when no alarm watches the metric. Broken, when the target's declaration cannot be read.
    pub fn alarm_on(&self, metric: &str, lines: &[Value]) -> Verdict<History> {
        let declared = self.target.alarms().context("the target declares no alarms")?;
        let history = Alarms::read(declared)?.history(metric, lines, self.now());
        expect(format!("an alarm on {metric}"), history).is_there()
    }

    /// The server under test; started when it is first asked for.
    ///
    /// # Errors
    /// Set-up failed, when it does not start.
    pub async fn server(&mut self) -> Verdict<Server> {
        match self.servers.first() {
            Some(server) => Ok(server.clone()),
            None => self.another_server().await,
        }
    }

    /// Fills the table as an operator does before the open, and gives what was said about it.
    ///
    /// # Errors
    /// Failed, when something could not be warmed.
    pub async fn warm(&self) -> Verdict<String> {
        let warmed = self.target.warm(self.launch::<&str>([])).await;
        able(warmed.as_ref().err())?;
        warmed.map_err(|cause| {
            let (what, expected) = ("warming".to_owned(), "a warm table".to_owned());
            Stop::Failed(Failure { what, expected, actual: format!("{cause:#}") })
        })
    }

    /// What is said when something cannot be warmed.
    ///
    /// # Errors
    /// Failed, when everything can after all.
    pub async fn warming_fails(&self) -> Verdict<String> {
        let failed = self.target.warm(self.launch::<&str>([])).await.err();
        able(failed.as_ref())?;
        expect("a warming that fails", failed.map(|cause| format!("{cause:#}"))).is_there()
    }

    /// Whether the target can do something that a scenario uses when it is there, and does without when it is not.
    pub fn can(&self, need: Need) -> bool {
        self.target.can().contains(&need)
    }

    /// Something that no log line, answer or key may hold. The keys and tokens of the settings are such anyway.
    pub fn keeps_secret(&self, secret: &str) {
        self.collection.secret(secret);
    }

    /// What its servers have left behind by now.
    ///
    /// # Errors
    /// Broken, when the table or a log cannot be read.
    pub async fn remains(&self) -> Verdict<Remains> {
        let mut logs = String::new();
        for server in self.servers.iter().chain(&self.stopped) {
            logs.push_str(&server.log().await?);
        }
        Ok(Remains::new(&self.collection, logs, self.table.items().await?, self.inside()))
    }

    /// Hands over what is past, and keeps nothing of it: every call on every wire, and what the servers that run have
    /// said to clients and in their logs. A world that goes on for long would be filled by it. The table is not looked at.
    ///
    /// # Errors
    /// Broken, when a server's log is kept elsewhere.
    pub fn hand_over(&self) -> Verdict<(Vec<Exchange>, Remains)> {
        let logs: anyhow::Result<String> = self.servers.iter().map(Server::hand_over_logs).collect();
        let remains = Remains::new(&self.collection, logs?, Vec::new(), self.inside());
        self.collection.forget_replies();
        Ok((self.journal.hand_over(), remains))
    }

    /// What only the inside of this world knows.
    fn inside(&self) -> Vec<String> {
        let wires = [self.dynamodb.url(), self.tiingo.url(), self.finnhub.url()];
        let hosts = wires.iter().filter_map(|url| url.split_once("://")).map(|(_, host)| host.to_owned());
        hosts.chain([self.table.name().to_owned()]).collect()
    }

    /// The first call that a provider's double has no answer to, though the provider may.
    pub(crate) fn first_call_not_known(&self) -> Option<String> {
        [("Tiingo", &self.tiingo), ("Finnhub", &self.finnhub)]
            .into_iter()
            .find_map(|(name, provider)| Some(format!("{name}'s {}", provider.calls_not_known().first()?)))
    }

    /// What an instance with these further variables finds.
    fn launch<'a, V: Into<OsString>>(&self, variables: impl IntoIterator<Item = (&'a str, V)>) -> Launch {
        let given = self.target.variables().into_iter().chain(self.environment());
        let mut environment: BTreeMap<String, OsString> = given.map(|(name, value)| (name, value.into())).collect();
        let variables: BTreeMap<String, OsString> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let chosen: BTreeSet<String> = variables.keys().cloned().collect();
        environment.extend(variables);
        environment.iter().for_each(|(name, value)| self.collection.secrets_of(name, &value.to_string_lossy()));
        Launch { environment, chosen, clock: self.clock.clone() }
    }

    /// The contract's settings, for this world.
    fn environment(&self) -> BTreeMap<String, String> {
        let settings = [
            ("OHLC_CACHE_TABLE", self.table.name()),
            ("TIINGO_API_KEY", TIINGO_KEY),
            ("TIINGO_BASE_URL", self.tiingo.url()),
            ("FINNHUB_API_KEY", FINNHUB_KEY),
            ("FINNHUB_BASE_URL", self.finnhub.url()),
            ("OHLC_API_TOKENS", TOKEN),
            ("OHLC_ADMIN_TOKENS", ADMIN_TOKEN),
            ("OHLC_LISTEN", "127.0.0.1:0"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ENDPOINT_URL_DYNAMODB", self.dynamodb.url()),
            ("AWS_ACCESS_KEY_ID", "candlecheck"),
            ("AWS_SECRET_ACCESS_KEY", AWS_SECRET),
        ];
        settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

/// Stops a scenario that wants of the target what it cannot do.
fn able(cause: Option<&anyhow::Error>) -> Verdict {
    match cause.and_then(|cause| cause.downcast_ref::<Unsupported>()) {
        Some(lacks) => Err(lacks.clone().into()),
        None => Ok(()),
    }
}
