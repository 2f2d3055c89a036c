//! The reference server as it is deployed, but for what tests may do: the built binary, a process for each instance.
//!
//! Its code knows of no defect. A process with one is this command itself, which then does what the binary's `main`
//! does, by policies and in a world that the defect has changed: see [`serve_defect`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use harness::Need;
use harness::cargo::{Binary, BuildError, build};
use harness::targets::process::{Controls, Program};
use harness::targets::{Instance, Launch, Target};
use ohlc_server::settings::Environment;
use ohlc_server::{Policies, Process, command};

use crate::defects::Defect;
use crate::reference::ALARMS;

/// The hidden command that serves with a defect.
pub const SERVE_DEFECT: &str = "serve-defect";

/// What the server for tests offers.
const CONTROLS: Controls = Controls {
    drop_l1: "/test/drop-l1",
    idle: "/test/idle",
    fail: "/test/fail",
    log: "/test/log",
    clock_file: "OHLC_TEST_CLOCK_FILE",
    warm: "warm",
};

/// The built server, healthy or with one defect.
pub struct Built {
    program: Program,
    candlecheck: PathBuf,
    defect: Option<&'static Defect>,
    /// The level at which it logs, unless a scenario sets another.
    log: Option<String>,
    can: Vec<Need>,
}

impl Built {
    /// Builds the server with what tests may do, and gives its path. `with_tests`: as after `cargo test`, so that nothing
    /// is built twice.
    ///
    /// # Errors
    /// When it cannot be built.
    pub fn build(with_tests: bool) -> Result<PathBuf, BuildError> {
        build(&Binary { name: "ohlc-server-under-test", features: &["ohlc-server/test-controls"], with_tests })
    }

    /// The server at `path` as it should be. `candlecheck` is this command, which knows the defects.
    pub fn healthy(path: &Path, candlecheck: &Path, log: Option<&str>) -> Arc<dyn Target> {
        let process = Environment::of_process();
        // What no scenario can know: where the system keeps its certificates, and where lines that have run are counted.
        let outside = ["SSL_CERT_FILE", "SSL_CERT_DIR", "LLVM_PROFILE_FILE"].into_iter();
        let found = outside.filter_map(|name| Some((name.to_owned(), process.get(name)?.to_owned())));
        // Also where it is built for production: what is measured there is still a test.
        let tested =
            ["OHLC_TEST_ENDS_WITH_STDIN", "OHLC_TEST_CONTROLS"].map(|name| (name.to_owned(), "yes".to_owned()));
        let environment = found.chain(tested).collect();
        let program = Program { path: path.into(), arguments: Vec::new(), environment, controls: CONTROLS };
        // It has controls, which is what nothing has that is shipped.
        let can = Need::ALL.iter().copied().filter(|need| *need != Need::Shipped).collect();
        let (candlecheck, log) = (candlecheck.into(), log.map(str::to_owned));
        Arc::new(Self { program, candlecheck, defect: None, log, can })
    }
}

impl Target for Built {
    fn name(&self) -> String {
        match self.defect {
            None => "built reference, a process each".into(),
            Some(defect) => format!("reference with {}, a process each", defect.name),
        }
    }

    fn can(&self) -> &[Need] {
        &self.can
    }

    fn variables(&self) -> BTreeMap<String, String> {
        self.log.iter().map(|level| ("OHLC_LOG".to_owned(), level.clone())).collect()
    }

    fn with_defect(&self, name: &str) -> Option<Arc<dyn Target>> {
        let defect = Defect::named(name).filter(|defect| !defect.needs_one_process())?;
        let (path, arguments) = (self.candlecheck.clone(), vec![SERVE_DEFECT.to_owned(), name.to_owned()]);
        let program = Program { path, arguments, ..self.program.clone() };
        let (candlecheck, log, can) = (self.candlecheck.clone(), self.log.clone(), self.can.clone());
        Some(Arc::new(Self { program, candlecheck, defect: Some(defect), log, can }))
    }

    fn spared(&self, name: &str) -> Option<String> {
        let shared = Defect::named(name).is_some_and(Defect::needs_one_process);
        shared.then(|| "only instances in one process can make this mistake".into())
    }

    fn defect_in_words(&self, name: &str) -> Option<String> {
        Defect::named(name).map(|defect| defect.about.to_owned())
    }

    fn alarms(&self) -> Option<&str> {
        Some(ALARMS)
    }

    fn start(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>> {
        async move { self.program.start(&launch).await }.boxed()
    }

    fn warm(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<String>> {
        async move { self.program.warm(&launch).await }.boxed()
    }
}

/// Does what the server's `main` does with these arguments, by policies and in a world that this defect has changed.
///
/// # Errors
/// When there is no such defect, or no runtime.
pub fn serve_defect(name: &str, arguments: &[String]) -> anyhow::Result<ExitCode> {
    let defect = Defect::named(name).with_context(|| format!("there is no defect {name}"))?;
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    runtime.block_on(async {
        let process = Process::under_test().map_err(anyhow::Error::msg)?;
        let mut ports = process.ports();
        let mut policies = Policies::read(&ports.environment);
        (defect.seed)(&mut policies, &mut ports);
        Ok(command::run(arguments, policies, ports).await)
    })
}
