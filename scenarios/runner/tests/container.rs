//! What only Docker can show: one container for a run, a table for each lab, and nothing left of it, however a run ends.
//!
//! They take long, and wait until they are asked for. Without Docker and the image they are not run, and the reason is
//! told; with CI=true that is a failure.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, Command, ExitCode, Stdio};

use anyhow::{Context, ensure};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::TimeToLiveStatus;
use candlecheck::{TAKES_LONG, in_ci};
use chrono::{DateTime, Utc};
use harness::Clock;
use harness::dynamodb::{Item, Share, Tier, TierChoice};
use libtest_mimic::{Arguments, Completion, Trial};
use serde_json::Value;
use tokio::runtime::Runtime;

const IMAGE: &str = "amazon/dynamodb-local:3.3.0";

type Body = fn() -> anyhow::Result<()>;

fn main() -> ExitCode {
    let tests: [(&str, Body); 3] = [
        ("labs_have_tables_of_their_own_in_one_container_which_goes_with_the_run", || block_on(one_container())),
        ("the_real_clock_deletes_nothing_from_a_labs_table", || block_on(no_real_ttl())),
        ("a_run_that_is_killed_leaves_a_container_that_the_next_run_removes", killed),
    ];
    let lacking = lacking();
    let trials = tests.into_iter().map(|(name, body)| {
        let lacking = lacking.clone();
        let test = Trial::ignorable_test(name, move || match lacking {
            Some(reason) if in_ci() => Err(reason.into()),
            Some(reason) => Ok(Completion::ignored_with(reason)),
            None => match body() {
                Ok(()) => Ok(Completion::Completed),
                Err(failed) => Err(format!("{failed:?}").into()),
            },
        });
        test.with_kind(TAKES_LONG).with_ignored_flag(true)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Why nothing can be run.
fn lacking() -> Option<String> {
    let inspected = Command::new("docker").args(["image", "inspect", IMAGE]).output();
    let there = inspected.is_ok_and(|output| output.status.success());
    (!there).then(|| format!("not run: there is no Docker with {IMAGE}; `cargo run -- image` builds it"))
}

fn block_on(test: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    Runtime::new()?.block_on(test)
}

async fn started() -> anyhow::Result<Tier> {
    Ok(Tier::start(&TierChoice::Container, |said| eprintln!("{said}")).await?)
}

async fn share(tier: &Tier) -> anyhow::Result<Share> {
    tier.share(&Clock::at(DateTime::<Utc>::UNIX_EPOCH)).await
}

async fn one_container() -> anyhow::Result<()> {
    let tier = started().await?;
    let (one, other) = (share(&tier).await?, share(&tier).await?);
    ensure!(one.endpoint().url == other.endpoint().url, "two containers");
    ensure!(one.table().name() != other.table().name(), "one table");
    one.table().put(Item::keyed("AAPL#tiingo", "D").with_n("open", "150.125")).await?;
    let items = (one.table().items().await?.len(), other.table().items().await?.len());
    ensure!(items == (1, 0), "{items:?}");
    let (ours, there) = containers_at(&one)?;
    ensure!(ours == 1, "{ours} containers at {} among\n{there}", one.endpoint().url);

    let (facts, table) = (tier.facts().clone(), one.table().clone());
    ensure!(facts.name == "container (DynamoDB Local 3.3.0)", "{facts:?}");
    ensure!(facts.image.as_ref().is_some_and(|image| image.contains("sha256:")), "{facts:?}");
    ensure!(!facts.start_up.is_zero(), "{facts:?}");
    one.end().await?;
    ensure!(table.items().await.is_err(), "a lab's table goes with the lab");
    tier.end().await?;
    let (ours, there) = containers_at(&other)?;
    ensure!(ours == 0, "the container at {} is left among\n{there}", other.endpoint().url);
    // A signal may come while a run is being ended.
    tier.end().await
}

/// How many containers listen where this share is, and the ports of all that are there. By IPv4 alone, where tiers are
/// reached: on IPv6 another container may have the same port, which `docker ps --filter publish=` does not tell apart.
fn containers_at(share: &Share) -> anyhow::Result<(usize, String)> {
    let port = share.endpoint().url.rsplit(':').next().context("a URL with a port")?;
    let listed = Command::new("docker").args(["ps", "--format", "{{.Ports}}"]).output()?;
    ensure!(listed.status.success(), "{listed:?}");
    let there = String::from_utf8(listed.stdout)?;
    let on_ipv6 = |published: &str| published.starts_with(['[', ':']);
    let ours = |published: &str| !on_ipv6(published) && published.contains(&format!(":{port}->"));
    Ok((there.lines().filter(|ports| ports.split(", ").any(ours)).count(), there))
}

async fn no_real_ttl() -> anyhow::Result<()> {
    let tier = started().await?;
    let share = share(&tier).await?;
    let told = client(&share.endpoint().url).describe_time_to_live().table_name(share.table().name()).send().await?;
    let ttl = told.time_to_live_description.and_then(|ttl| ttl.time_to_live_status);
    share.end().await?;
    tier.end().await?;
    ensure!(ttl == Some(TimeToLiveStatus::Disabled), "{ttl:?}");
    Ok(())
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

fn killed() -> anyhow::Result<()> {
    let (mut run, mut said) = running()?;
    let killed = run.id();
    ensure!(container_of(killed)?.is_some(), "the run has no container of its own");
    // With SIGKILL. The program that holds the container notices, and ends after it has removed it.
    run.kill()?;
    said.read_to_string(&mut String::new())?;
    run.wait()?;
    ensure!(container_of(killed)?.is_none(), "the container outlives its run");

    let (mut run, mut said) = running()?;
    let killed = run.id();
    // That program, too: it is of the run's process group.
    ensure!(Command::new("sh").arg("-c").arg(format!("kill -9 -{killed}")).status()?.success());
    said.read_to_string(&mut String::new())?;
    run.wait()?;
    ensure!(container_of(killed)?.is_some(), "nobody could remove it");

    let next = candlecheck(&["--only", "A3", "--format", "json"]).output()?;
    ensure!(next.status.success(), "{next:?}");
    let report: Value = serde_json::from_slice(&next.stdout)?;
    ensure!(report["tier_image"].as_str().is_some_and(|image| image.contains("sha256:")), "{report}");
    ensure!(container_of(killed)?.is_none(), "the next run left it");

    let (mut run, mut said) = running()?;
    let interrupted = run.id();
    ensure!(Command::new("sh").arg("-c").arg(format!("kill -TERM {interrupted}")).status()?.success());
    said.read_to_string(&mut String::new())?;
    let code = run.wait()?.code();
    ensure!(code == Some(128 + 15), "{code:?}");
    ensure!(container_of(interrupted)?.is_none(), "a run that is told to end removes it itself");
    Ok(())
}

fn candlecheck(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candlecheck"));
    command.args(["verify", "--dynamodb", "container"]).args(arguments).stdin(Stdio::null());
    command
}

/// A run of the whole catalogue in the middle of its scenarios, and what it says further.
fn running() -> anyhow::Result<(Child, BufReader<ChildStderr>)> {
    let mut run = candlecheck(&[]).process_group(0).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut said = BufReader::new(run.stderr.take().context("standard error is piped")?);
    let mut line = String::new();
    while !line.contains(" scenarios") {
        line.clear();
        ensure!(said.read_line(&mut line)? > 0, "it ended before its scenarios");
    }
    Ok((run, said))
}

/// The container that a process has started, by the label that it carries; nothing when there is none.
fn container_of(process: u32) -> anyhow::Result<Option<String>> {
    let format = r#"{{.ID}} {{.Label "candlecheck.run"}}"#;
    let listed = Command::new("docker").args(["ps", "-a", "--format", format]).output()?;
    let listed = String::from_utf8(listed.stdout)?;
    Ok(listed.lines().find(|line| line.ends_with(&format!("-{process:x}"))).map(str::to_owned))
}
