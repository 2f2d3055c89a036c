//! Starting a server that is not ours.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::bail;
use chrono::SecondsFormat;

use super::control::{Control, Invocation};
use super::description::{Description, Ready, Start, is_setting, settings};
use super::guardian::Guardian;
use super::instance::{Handle, Stranger};
use super::lacks;
use super::ports::FreePort;
use super::template::Values;
use crate::capability::Need;
use crate::capability::Unsupported;
use crate::targets::loopback::client;
use crate::targets::process::child::Child;
use crate::targets::process::{field, spoken};
use crate::targets::{Instance, Launch, Refused};

/// How long a server may take until it serves.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long between two looks whether it does.
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Starts an instance, waits until it serves, and tells it the time.
pub(super) async fn start(
    described: &Arc<Description>,
    start: &Start,
    launch: &Launch,
) -> anyhow::Result<Box<dyn Instance>> {
    can_be_told(start, launch)?;
    // Held until the server has it.
    let port = FreePort::choose()?;
    let values = values(launch)?;
    let values: Values = values.into_iter().chain([("port".to_owned(), port.number.to_string())]).collect();
    let child = Child::start_leader(command(start, &start.invocation, launch, &values))?;
    let guardian = Guardian::of(child.pid())?;
    let Some(url) = serving(described, start, &child, port.number).await? else {
        let code = child.ended().await?.code();
        return Err(Refused { code, said: in_the_contract_s_words(start, child.stderr.text(|_| true)) }.into());
    };
    let mut stranger = Stranger::new(url, Arc::clone(described), Handle::Process { child, _guardian: guardian });
    stranger.follow(&launch.clock).await?;
    Ok(Box::new(stranger))
}

/// Has the table filled by the command that the file names, and gives what was said about it.
pub(super) async fn warm(described: &Description, start: &Start, launch: &Launch) -> anyhow::Result<String> {
    can_be_told(start, launch)?;
    let Some(Control::Command(invocation)) = described.controls.get("warm") else {
        return Err(lacks(Need::Warm).into());
    };
    let values = values(launch)?;
    let child = Child::start_leader(command(start, invocation, launch, &values))?;
    let status = child.ended().await?;
    match status.success() {
        true => Ok(child.stderr.text(|_| true)),
        false => bail!("it ended with {status}{}", spoken(&child)),
    }
}

/// A setting that a scenario chose, and that the server does not know or a template cannot hold, would be a test of
/// something else.
fn can_be_told(start: &Start, launch: &Launch) -> Result<(), Unsupported> {
    let mut settings = launch.chosen.iter().filter(|name| is_setting(name));
    let no_text = |name: &str| launch.environment.get(name).is_some_and(|value| value.to_str().is_none());
    match settings.find(|name| !start.takes(name) || !start.contract_settings && no_text(name)) {
        Some(untold) if start.takes(untold) => {
            Err(Unsupported(format!("a way to be told {untold} in bytes that are no text")))
        }
        Some(unknown) => Err(Unsupported(format!("the setting {unknown}"))),
        None => Ok(()),
    }
}

fn values(launch: &Launch) -> anyhow::Result<Values> {
    let mut values = settings(&launch.environment);
    values.insert("now".into(), launch.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true));
    values.insert("clock_file".into(), launch.clock.file()?.display().to_string());
    Ok(values)
}

fn command(start: &Start, invocation: &Invocation, launch: &Launch, values: &Values) -> Command {
    let mut command = invocation.command(values);
    let given = launch.environment.iter().filter(|(name, _)| start.contract_settings || !is_setting(name));
    command.envs(given);
    let own = start.environment.iter().filter_map(|(name, value)| Some((name, value.fill(values)?)));
    command.envs(own.collect::<BTreeMap<_, _>>());
    command
}

/// Where it serves, as soon as it does; nothing, when it ends instead.
async fn serving(described: &Description, start: &Start, child: &Child, port: u16) -> anyhow::Result<Option<String>> {
    match &start.ready {
        Ready::Log(name) => match described.log_of(child).wait_for(|line| field(line, name)).await {
            Some(address) => Ok(Some(format!("http://{address}"))),
            None if child.stdout.has_ended() => Ok(None),
            None => bail!("it does not say where it listens: no JSON line with {name:?} in its log{}", spoken(child)),
        },
        Ready::Path(path) => {
            let url = format!("http://127.0.0.1:{port}");
            let ended = || child.stdout.has_ended();
            match answers(&format!("{url}{path}"), ended).await? {
                Look::Answered => Ok(Some(url)),
                Look::Ended => Ok(None),
                Look::Silent => bail!("it does not answer {path} within {PATIENCE:?}{}", spoken(child)),
            }
        }
    }
}

/// What came of looking whether a server serves.
pub(super) enum Look {
    Answered,
    Ended,
    Silent,
}

/// Looks again and again whether a URL answers well, as long as its server has not ended.
pub(super) async fn answers(url: &str, ended: impl Fn() -> bool) -> anyhow::Result<Look> {
    let (client, started) = (client(PATIENCE)?, Instant::now());
    while started.elapsed() < PATIENCE {
        if ended() {
            return Ok(Look::Ended);
        }
        if client.get(url).send().await.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(Look::Answered);
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(Look::Silent)
}

/// What a server says of its variables, with the contract's names for them.
fn in_the_contract_s_words(start: &Start, said: String) -> String {
    start.own_names().fold(said, |said, (own, contract)| said.replace(own, contract))
}
