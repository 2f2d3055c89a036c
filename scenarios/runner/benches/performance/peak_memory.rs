//! How much memory an answer takes at its highest, in a process that does nothing but serve it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::LogWriter;
use ohlc_server::{Policies, Ports, Server};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::keep_alive::Client;
use crate::world::{FIRST, UNKNOWN_YET, World, now, question};

/// The argument that makes this program such a process.
pub(crate) const SERVE: &str = "--serve-one-answer";
/// The contract allows no window of so many candles, so the process lifts that rule.
const FIRST_OF_100_000_MINUTES: &str = "2025-01-27";
const NO_LIMIT: i64 = 10_000;
const PATIENCE: Duration = Duration::from_secs(60);

/// The memory that one answer took, in kB.
struct AnswerMemory {
    candles: String,
    source: String,
    body: usize,
    /// How far the process grew for it.
    grown: usize,
    /// The process at its highest.
    peak: usize,
}

/// The memory of a short and of a long answer, from each layer, as a table.
pub(crate) async fn of_answers(world: &World) -> anyhow::Result<Table> {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(["candles", "from", "body", "added at its peak", "process"]);
    for (resolution, first) in [("D", FIRST), ("1", FIRST_OF_100_000_MINUTES)] {
        let question = question(UNKNOWN_YET, resolution, first);
        let (first, second) = (ServerProcess::start(world)?, ServerProcess::start(world)?);
        // The first has it from the provider and then from memory; the second finds it in the table.
        for process in [&first, &first, &second] {
            let AnswerMemory { candles, source, body, grown, peak } = process.answer(&question).await?;
            let [body, grown, peak] = [body, grown, peak].map(|size| format!("{size} kB"));
            table.add_row([candles, source, body, grown, peak]);
        }
    }
    Ok(table)
}

/// Serves until standard input ends, and says where on standard output.
pub(crate) async fn serve() -> anyhow::Result<()> {
    let environment = Environment::of_process();
    let mut policies = Policies::read(&environment);
    policies.request.longest_window = Arc::new(|_| NO_LIMIT);
    policies.provider.timeout = PATIENCE;
    policies.deadline.deadline = PATIENCE;
    let settings = Settings::read(&environment, &policies).await?;
    let listener = TcpListener::bind(settings.listen).await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    let server =
        Server::new(settings, policies, Ports::new(environment, Arc::new(now), LogWriter::new(|_| Ok(())))).await?;
    let stop = CancellationToken::new();
    let serving = tokio::spawn(server.run(listener, stop.clone()));
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    stop.cancel();
    Ok(serving.await??)
}

/// A process of its own that serves. It ends when dropped.
struct ServerProcess {
    child: Child,
    address: SocketAddr,
}

impl ServerProcess {
    fn start(world: &World) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(SERVE).envs(world.environment()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its standard output")?).read_line(&mut line)?;
        let address = line.trim().parse().with_context(|| format!("{line:?} is no address"))?;
        Ok(Self { child, address })
    }

    /// Asks once and waits until everything is written.
    async fn answer(&self, question: &str) -> anyhow::Result<AnswerMemory> {
        // Makes the highest so far the present.
        fs::write(self.file("clear_refs"), "5")?;
        let before = self.kilobytes("VmRSS:")?;
        let mut client = Client::of(self.address, question).await?;
        client.ask().await?;
        Client::of(self.address, "POST /test/idle").await?.ask().await?;
        let peak = self.kilobytes("VmHWM:")?;
        let answer = String::from_utf8_lossy(client.body());
        let count = answer.split_once(r#""count":"#).and_then(|(_, rest)| rest.split_once(',')).context("no count")?.0;
        Ok(AnswerMemory {
            candles: count.to_owned(),
            source: client.header("x-cache-source")?.to_owned(),
            body: client.body().len() / 1024,
            grown: peak.saturating_sub(before),
            peak,
        })
    }

    fn kilobytes(&self, name: &str) -> anyhow::Result<usize> {
        let status = fs::read_to_string(self.file("status"))?;
        let size = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"));
        Ok(size.with_context(|| format!("the system does not tell {name}"))?.parse()?)
    }

    fn file(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.child.id())
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It has nothing left to do, so it ends at once.
        let _ = self.child.wait();
    }
}
