//! Amazon's DynamoDB Local in a container of its own.

use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use testcontainers::core::IntoContainerPort;
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerAsync, ContainerRequest, GenericImage, ImageExt};

use crate::absence::Absence;
use crate::docker::{connect, remove_leftovers};
use crate::image::{self, Image, image};
use crate::run::Run;

/// Where DynamoDB Local listens inside of its container.
const PORT: u16 = 8000;
/// How long it may take to start.
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
pub(crate) struct DynamoDbLocal {
    url: String,
    image: Image,
    start_up: Duration,
    run: Run,
    container: ContainerAsync<GenericImage>,
}

impl DynamoDbLocal {
    /// Starts it, after what runs that are dead have left behind is removed.
    pub(crate) async fn start(say: impl Fn(&str)) -> Result<Self, Absence> {
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
            Absence::Missing(format!("Docker does not start the container: {cause}; {advice}"))
        })?;
        let url = url(&container).await?;
        Ok(Self { url, image, start_up: began.elapsed(), run, container })
    }

    /// What there is to know about it.
    pub(crate) fn facts(&self) -> Value {
        json!({
            "url": self.url,
            "version": image::VERSION,
            "image": self.image.digest,
            "run": self.run.id(),
            "start_up_ms": self.start_up.as_millis() as u64,
        })
    }

    /// Removes it, with all that is in it.
    pub(crate) async fn remove(self) -> anyhow::Result<()> {
        self.container.rm().await.context("removing the container")?;
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

async fn url(container: &ContainerAsync<GenericImage>) -> anyhow::Result<String> {
    let host = container.get_host().await.context("asking where the container is")?.to_string();
    let port = container.get_host_port_ipv4(PORT).await.context("asking for the container's port")?;
    // Docker publishes the port on IPv4, which `localhost` may not be.
    let host = if host == "localhost" { "127.0.0.1" } else { &host };
    Ok(format!("http://{host}:{port}"))
}
