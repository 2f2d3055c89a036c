//! The container tier: Amazon's DynamoDB Local in a container, one for a whole run, a table for each lab.
//!
//! It expires items every ten seconds, by the real clock, in tables with TTL enabled; a lab's table has it off.

mod build;
mod docker;
mod image;
mod run;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use testcontainers::core::IntoContainerPort;
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, ContainerRequest, GenericImage, ImageExt};
use tokio::sync::Mutex;

pub use self::build::build_image;
use self::docker::{connect, remove_leftovers};
use self::image::{Image, image};
use self::run::Run;
use super::tier::{NoTier, TierFacts};
use super::{Endpoint, Table};

/// Where DynamoDB Local listens inside of its container.
const PORT: u16 = 8000;
/// How long it may take to answer for the first time.
const START: Duration = Duration::from_secs(60);
/// A Java that runs for a minute or two starts sooner, and takes half the processor, when it optimizes little. Every
/// table belongs to everybody, whatever access key and region a server signs with.
const COMMAND: [&str; 7] = [
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Djava.library.path=./DynamoDBLocal_lib",
    "-jar",
    "DynamoDBLocal.jar",
    "-inMemory",
    "-sharedDb",
];

/// A running DynamoDB Local.
pub(super) struct Container {
    endpoint: Endpoint,
    image: Image,
    start_up: Duration,
    run: Run,
    tables: AtomicUsize,
    /// Taken when it is ended.
    container: Mutex<Option<ContainerAsync<GenericImage>>>,
}

impl Container {
    /// Starts it, after what runs that are dead have left behind is removed.
    pub(super) async fn start(say: impl Fn(&str)) -> Result<Self, NoTier> {
        let docker = connect().await?;
        let removed = remove_leftovers(&docker).await?;
        if removed > 0 {
            say(&format!("removed {removed} containers that runs before this one have left behind"));
        }
        let image = image(&docker, &say).await?;
        say(&format!("starting {}", image.tag));
        let began = Instant::now();
        let run = Run::begin()?;
        let container = request(&run).start().await.map_err(|cause| {
            let advice = format!("`docker run --rm {}` must work", image.tag);
            NoTier::NotThere(format!("Docker does not start the container: {cause}; {advice}"))
        })?;
        let endpoint = endpoint(&container).await?;
        answers(&endpoint).await?;
        let start_up = began.elapsed();
        let (tables, container) = (AtomicUsize::new(0), Mutex::new(Some(container)));
        Ok(Self { endpoint, image, start_up, run, tables, container })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn facts(&self) -> TierFacts {
        let name = format!("container (DynamoDB Local {})", image::VERSION);
        TierFacts { name, image: Some(self.image.digest.clone()), start_up: self.start_up }
    }

    /// A name that no other table of any run has.
    pub(super) fn next_table(&self) -> String {
        format!("candlecheck-{}-{}", self.run.id(), self.tables.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Removes it, with all that is in it.
    pub(super) async fn end(&self) -> anyhow::Result<()> {
        match self.container.lock().await.take() {
            Some(container) => container.rm().await.context("removing the container")?,
            None => return Ok(()),
        }
        self.run.end();
        Ok(())
    }
}

fn request(run: &Run) -> ContainerRequest<GenericImage> {
    GenericImage::new(image::NAME, image::VERSION)
        .with_exposed_port(PORT.tcp())
        .with_cmd(COMMAND)
        .with_env_var("DDB_LOCAL_TELEMETRY", "0")
        .with_labels(run.labels())
        .with_startup_timeout(START)
}

async fn endpoint(container: &ContainerAsync<GenericImage>) -> anyhow::Result<Endpoint> {
    let host = container.get_host().await.context("asking where the container is")?.to_string();
    let port = container.get_host_port_ipv4(PORT).await.context("asking for the container's port")?;
    // Docker publishes the port on IPv4, which `localhost` may not be.
    let host = if host == "localhost" { "127.0.0.1" } else { &host };
    Ok(Endpoint::at(format!("http://{host}:{port}")))
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
