//! The container tier: one container for a run, a table for each lab, and nothing left of it, however a run ends.

use std::process::Command;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::TimeToLiveStatus;
use chrono::{DateTime, Utc};
use harness::Clock;
use harness::dynamodb::{Item, Share, Tier, TierChoice};

/// Whether there is a Docker with the image. Where CI is set there has to be; elsewhere the test is not run.
fn there_is_docker() -> bool {
    let inspected = Command::new("docker").args(["image", "inspect", "amazon/dynamodb-local:3.3.0"]).output();
    let there = inspected.is_ok_and(|output| output.status.success());
    #[expect(clippy::disallowed_methods, reason = "about this machine, not about a server")]
    let ci = std::env::var_os("CI").is_some();
    assert!(there || !ci, "CI needs Docker with the image of the container tier: see .ci/docker");
    if !there {
        eprintln!("not run: there is no Docker with amazon/dynamodb-local:3.3.0; `cargo run -- image` builds it");
    }
    there
}

async fn started() -> anyhow::Result<Tier> {
    Ok(Tier::start(&TierChoice::Container, |said| eprintln!("{said}")).await?)
}

async fn share(tier: &Tier) -> anyhow::Result<Share> {
    tier.share(&Clock::at(DateTime::<Utc>::UNIX_EPOCH)).await
}

/// The containers that listen at the port of this share.
fn containers_of(share: &Share) -> anyhow::Result<usize> {
    let port = share.endpoint().url.rsplit(':').next().unwrap_or_default().to_owned();
    let listed = Command::new("docker").args(["ps", "-q", "--filter", &format!("publish={port}")]).output()?;
    Ok(String::from_utf8_lossy(&listed.stdout).lines().count())
}

#[tokio::test]
async fn labs_have_tables_of_their_own_in_one_container_which_goes_with_the_run() -> anyhow::Result<()> {
    if !there_is_docker() {
        return Ok(());
    }
    let tier = started().await?;
    let (one, other) = (share(&tier).await?, share(&tier).await?);
    assert_eq!(one.endpoint().url, other.endpoint().url);
    assert_ne!(one.table().name(), other.table().name());
    one.table().put(Item::keyed("AAPL#tiingo", "D").with_n("open", "150.125")).await?;
    assert_eq!((one.table().items().await?.len(), other.table().items().await?.len()), (1, 0));
    assert_eq!(containers_of(&one)?, 1);

    let (facts, table) = (tier.facts().clone(), one.table().clone());
    assert_eq!(facts.name, "container (DynamoDB Local 3.3.0)");
    assert!(facts.image.as_ref().is_some_and(|image| image.contains("sha256:")), "{facts:?}");
    assert!(!facts.start_up.is_zero(), "{facts:?}");
    one.end().await?;
    assert!(table.items().await.is_err(), "a lab's table goes with the lab");
    tier.end().await?;
    assert_eq!(containers_of(&other)?, 0);
    // A signal may come while a run is being ended.
    tier.end().await
}

fn client(url: &str) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("server", "server", None, None, "test"))
            .endpoint_url(url)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build(),
    )
}

#[tokio::test]
async fn the_real_clock_deletes_nothing_from_a_lab_s_table() -> anyhow::Result<()> {
    if !there_is_docker() {
        return Ok(());
    }
    let tier = started().await?;
    let share = share(&tier).await?;
    let told = client(&share.endpoint().url).describe_time_to_live().table_name(share.table().name()).send().await?;
    let ttl = told.time_to_live_description.and_then(|ttl| ttl.time_to_live_status);
    share.end().await?;
    tier.end().await?;
    assert_eq!(ttl, Some(TimeToLiveStatus::Disabled));
    Ok(())
}
