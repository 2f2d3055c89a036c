//! The container tier: Amazon's DynamoDB Local in a container, one for a whole run, a table for each lab.
//!
//! It expires items every ten seconds, by the real clock, in tables with TTL enabled; a lab's table has it off. What
//! speaks to Docker is a program of its own, `candlecheck-container`, which the container lives and ends with.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::{Endpoint, Table, TierError, TierFacts};
use crate::cargo::{Binary, build};

/// The program.
const PROGRAM: Binary = Binary { name: "candlecheck-container", features: &[], with_tests: false };
/// How long DynamoDB Local may take to answer for the first time.
const START: Duration = Duration::from_secs(60);

/// A running DynamoDB Local.
pub(super) struct Container {
    endpoint: Endpoint,
    facts: TierFacts,
    run: String,
    tables: AtomicUsize,
    /// Taken when it is ended.
    program: Mutex<Option<Child>>,
}

/// What the program says of a container that is up.
#[derive(Deserialize)]
struct Up {
    url: String,
    version: String,
    image: String,
    run: String,
    start_up_ms: u64,
}

/// What it says of an image.
#[derive(Deserialize)]
struct Built {
    image: String,
}

impl Container {
    /// Starts it. What takes long is said on standard error.
    pub(super) async fn start() -> Result<Self, TierError> {
        let (program, up) = run::<Up>(&[])?;
        let endpoint = Endpoint::at(up.url);
        let began = Instant::now();
        answers(&endpoint).await?;
        let facts = TierFacts {
            name: format!("container (DynamoDB Local {})", up.version),
            image: Some(up.image),
            start_up: Duration::from_millis(up.start_up_ms) + began.elapsed(),
        };
        Ok(Self { endpoint, facts, run: up.run, tables: AtomicUsize::new(0), program: Mutex::new(Some(program)) })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn facts(&self) -> TierFacts {
        self.facts.clone()
    }

    /// A name that no other table of any run has.
    pub(super) fn next_table(&self) -> String {
        format!("candlecheck-{}-{}", self.run, self.tables.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Removes it, with all that is in it.
    pub(super) async fn end(&self) -> anyhow::Result<()> {
        let Some(mut program) = self.program.lock().await.take() else { return Ok(()) };
        // The end of its standard input is what it waits for.
        drop(program.stdin.take());
        let ended = spawn_blocking(move || program.wait()).await?.context("waiting for the container's end")?;
        ensure!(ended.success(), "removing the container: {} ended with {ended}", PROGRAM.name);
        Ok(())
    }
}

/// Builds the image where none can be pulled, from what package registries have, and gives its digest. What takes long
/// is said on standard error.
///
/// # Errors
/// When a tool that it takes is not there, or fails.
pub fn build_image() -> Result<String, TierError> {
    let (mut program, built) = run::<Built>(&["image"])?;
    program.wait().context("waiting for the image's builder")?;
    Ok(built.image)
}

/// Runs the program until it has said what came of it. Nothing else goes on before that is known, so it may block.
fn run<T: DeserializeOwned>(arguments: &[&str]) -> Result<(Child, T), TierError> {
    let path = build(&PROGRAM).map_err(|unbuilt| TierError::NotThere(unbuilt.to_string()))?;
    let mut command = Command::new(&path);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = command.spawn().with_context(|| format!("running {}", path.display()))?;
    let mut told = String::new();
    let out = program.stdout.take().context("standard output is piped")?;
    BufReader::new(out).read_line(&mut told).with_context(|| format!("reading what {} says", PROGRAM.name))?;
    let told: Value = serde_json::from_str(&told).with_context(|| format!("{} says {told:?}", PROGRAM.name))?;
    let failed = |why: &str| told[why].as_str().map(str::to_owned);
    if let Some(advice) = failed("missing") {
        return Err(TierError::NotThere(advice));
    }
    if let Some(cause) = failed("broken") {
        return Err(anyhow::anyhow!(cause).into());
    }
    let told = serde_json::from_value(told).with_context(|| format!("reading what {} says", PROGRAM.name))?;
    Ok((program, told))
}

/// Waits until it answers.
async fn answers(endpoint: &Endpoint) -> anyhow::Result<()> {
    let asking = async {
        while !Table::is_answered_at(endpoint).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(START, asking).await.with_context(|| format!("no answer from DynamoDB Local in {START:?}"))
}
