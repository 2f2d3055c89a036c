//! A server that runs already. It is there once, and is restarted for each scenario.

use std::sync::Arc;

use anyhow::bail;
use tokio::sync::OwnedMutexGuard;

use super::description::{Description, is_setting};
use super::file::Running;
use super::instance::{Handle, Stranger};
use super::lacks;
use super::relay::Relay;
use super::start::{Look, answers};
use super::template::Values;
use crate::capability::Need;
use crate::capability::Unsupported;
use crate::targets::{Instance, Launch};

/// What a running server needs of this process while a scenario lasts.
pub(super) struct Hold {
    _relays: Vec<Relay>,
    _turn: OwnedMutexGuard<()>,
}

/// Leads its wires to this lab, restarts it, waits until it serves, and tells it the time.
pub(super) async fn restart(
    described: &Arc<Description>,
    at: &Running,
    launch: &Launch,
    turn: OwnedMutexGuard<()>,
) -> anyhow::Result<Box<dyn Instance>> {
    if let Some(variable) = launch.chosen.iter().next() {
        let setting = format!("the setting {variable}");
        return Err(Unsupported(if is_setting(variable) { setting } else { Need::OwnEnvironment.to_string() }).into());
    }
    let of_the_lab = |name: &str| launch.environment.get(name).and_then(|value| value.to_str()).unwrap_or_default();
    if of_the_lab("OHLC_CACHE_TABLE") != at.table {
        return Err(Unsupported(format!("a table of the name {}", of_the_lab("OHLC_CACHE_TABLE"))).into());
    }
    let wires = [
        ("running.dynamodb", Some(&at.dynamodb), "AWS_ENDPOINT_URL_DYNAMODB"),
        ("running.tiingo", Some(&at.tiingo), "TIINGO_BASE_URL"),
        ("running.finnhub", at.finnhub.as_ref(), "FINNHUB_BASE_URL"),
    ];
    let mut relays = Vec::new();
    for (field, address, setting) in wires {
        if let Some(address) = address {
            relays.push(Relay::from(field, address, of_the_lab(setting)).await?);
        }
    }
    let control = described.controls.get("restart").ok_or_else(|| lacks(Need::Kill))?;
    control.apply(&at.url, &Values::new()).await?;
    if !matches!(answers(&format!("{}{}", at.url, at.ready), || false).await?, Look::Answered) {
        bail!("it does not answer {} after its restart", at.ready);
    }
    let handle = Handle::Elsewhere { _hold: Hold { _relays: relays, _turn: turn } };
    let mut stranger = Stranger::new(at.url.clone(), Arc::clone(described), handle);
    stranger.follow(&launch.clock).await?;
    Ok(Box::new(stranger))
}
