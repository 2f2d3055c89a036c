//! The reference server as a target inside this process: fastest, and with defects on request.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use harness::Need;
use harness::targets::{Instance, Launch, Target};
use ohlc_server::ports::Stop;
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::LogWriter;
use ohlc_server::{Policies, Ports, Server, warming};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::defects::Defect;

/// What the reference server is watched by when it is deployed.
pub(crate) const ALARMS: &str = include_str!("../../../server/deploy/alarms.json");

/// The reference server, healthy or with one defect.
#[derive(Default)]
pub struct Reference {
    defect: Option<&'static Defect>,
    /// The level at which it logs, unless a scenario sets another.
    log: Option<String>,
}

impl Reference {
    /// The server as it should be.
    pub fn healthy() -> Arc<dyn Target> {
        Arc::new(Self::default())
    }

    /// The same, logging at this level.
    pub fn logging_at(level: &str) -> Arc<dyn Target> {
        Arc::new(Self { defect: None, log: Some(level.to_owned()) })
    }

    /// An instance in this environment, with the defect, and its settings.
    async fn instance(&self, launch: Launch, logs: &Logs, stop: &CancellationToken) -> anyhow::Result<Started> {
        let environment: Environment = launch.environment.into_iter().collect();
        let (clock, sink, stop) = (launch.clock, logs.clone(), stop.clone());
        let log = LogWriter::new(move |line| sink.take(line));
        let mut policies = Policies::read(&environment);
        let mut ports = Ports::new(environment, Arc::new(move || clock.now()), log);
        ports.stop = Arc::new(move || Ok(stop.clone()));
        if let Some(defect) = self.defect {
            (defect.seed)(&mut policies, &mut ports);
        }
        let settings = Settings::read(&ports.environment, &policies).await?;
        let (address, stop) = (settings.listen, Arc::clone(&ports.stop));
        Ok(Started { address, stop, server: Server::new(settings, policies, ports).await? })
    }
}

/// An instance that does not listen yet.
struct Started {
    address: SocketAddr,
    stop: Stop,
    server: Arc<Server>,
}

impl Target for Reference {
    fn name(&self) -> String {
        match self.defect {
            None => "in-process reference".into(),
            Some(defect) => format!("in-process reference with {}", defect.name),
        }
    }

    fn can(&self) -> &'static [Need] {
        &[
            Need::Clock,
            Need::SeveralInstances,
            Need::OwnEnvironment,
            Need::Alarms,
            Need::DropL1,
            Need::FailPoints,
            Need::Logs,
            Need::LoseSink,
            Need::Metrics,
            Need::Warm,
            Need::Shipped,
        ]
    }

    fn is_in_process(&self) -> bool {
        true
    }

    fn variables(&self) -> BTreeMap<String, String> {
        self.log.iter().map(|level| ("OHLC_LOG".to_owned(), level.clone())).collect()
    }

    fn with_defect(&self, name: &str) -> Option<Arc<dyn Target>> {
        let defect = Defect::named(name)?;
        Some(Arc::new(Self { defect: Some(defect), log: self.log.clone() }))
    }

    fn defect_in_words(&self, name: &str) -> Option<String> {
        Defect::named(name).map(|defect| defect.about.to_owned())
    }

    fn alarms(&self) -> Option<&str> {
        Some(ALARMS)
    }

    fn start(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>> {
        async move {
            let (logs, stop) = (Logs::default(), CancellationToken::new());
            let Started { address, stop: told, server } = self.instance(launch, &logs, &stop).await?;
            let listener = TcpListener::bind(address).await?;
            let url = format!("http://{}", listener.local_addr()?);
            let serving = tokio::spawn(Arc::clone(&server).run(listener, told()?));
            let (stop, serving) = (Mutex::new(Some(stop.drop_guard())), Mutex::new(Some(serving)));
            Ok(Box::new(InProcess { url, server, logs, stop, serving }) as Box<dyn Instance>)
        }
        .boxed()
    }

    fn warm(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<String>> {
        async move {
            let stop = CancellationToken::new();
            let Started { server, .. } = self.instance(launch, &Logs::default(), &stop).await?;
            let (tickers, mut said) = (warming::TICKERS.map(str::to_owned), String::new());
            let summary = server.warm(&tickers, |warmed| said.push_str(&format!("{warmed}\n"))).await;
            said.push_str(&summary.to_string());
            if summary.cold == 0 { Ok(said) } else { Err(anyhow!(said)) }
        }
        .boxed()
    }
}

/// One running instance.
struct InProcess {
    url: String,
    server: Arc<Server>,
    logs: Logs,
    /// Taken when it is stopped.
    stop: Mutex<Option<DropGuard>>,
    serving: Mutex<Option<JoinHandle<std::io::Result<()>>>>,
}

impl Instance for InProcess {
    fn url(&self) -> &str {
        &self.url
    }

    fn drop_l1(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            self.server.drop_l1();
            Ok(())
        }
        .boxed()
    }

    fn idle(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async {
            self.server.idle().await;
            Ok(())
        }
        .boxed()
    }

    fn fail_at(&self, fault: Option<(&str, &str)>) -> BoxFuture<'_, anyhow::Result<()>> {
        let told = self.server.fail_at(fault);
        async move { told.map_err(|unknown| anyhow!(unknown)) }.boxed()
    }

    fn lose_sink(&self) -> anyhow::Result<()> {
        self.logs.lost.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn logs(&self) -> String {
        self.logs.text()
    }

    fn stop(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        drop(self.stop.lock().unwrap_or_else(PoisonError::into_inner).take());
        let serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner).take();
        async move {
            let serving = serving.ok_or_else(|| anyhow!("it was stopped before"))?;
            serving.await?.context("serving")
        }
        .boxed()
    }
}

/// Log lines in memory; clones share them.
#[derive(Debug, Clone, Default)]
struct Logs {
    lines: Arc<Mutex<Vec<u8>>>,
    /// Nothing is taken any more.
    lost: Arc<AtomicBool>,
}

impl Logs {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.lines.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    fn take(&self, line: &[u8]) -> std::io::Result<()> {
        if self.lost.load(Ordering::Relaxed) {
            return Err(ErrorKind::BrokenPipe.into());
        }
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(())
    }
}
