//! What the lab itself asks of a tier, past the wire that scenarios see: how a table is arranged and looked at.

use crate::dynamodb::{Embedded, Endpoint, Item, Table};
use crate::faults::FaultProxy;
use crate::observe::journal::{Exchange, Journal};

/// The calls of everything that a [`Table`] can be asked for, as they pass a wire.
///
/// # Errors
/// When the embedded tier does not do what it is asked for.
pub async fn lab_calls() -> anyhow::Result<Vec<Exchange>> {
    let tier = Embedded::in_memory(|| 0)?;
    let journal = Journal::default();
    let wire = FaultProxy::start(tier.endpoint(), journal.clone(), 0).await?;
    let asked = ask(&Endpoint::at(wire.url())).await;
    wire.stop().await;
    tier.stop().await?;
    asked.map(|()| journal.all())
}

async fn ask(endpoint: &Endpoint) -> anyhow::Result<()> {
    let item = |sk: &str| Item::keyed("AAPL#tiingo", sk).with_n("open", "150.125").with_bool("is_closed", true);
    let table = Table::create(endpoint, "candlecheck-lab").await?;
    Table::create_if_missing(endpoint, table.name()).await?;
    table.put(item("1")).await?;
    table.put_all([item("2"), item("3")]).await?;
    table.items().await?;
    table.items_under("AAPL#tiingo").await?;
    table.items_under("nobody").await?;
    table.delete("AAPL#tiingo", "1").await?;
    table.enable_ttl("ExpiresAt").await?;
    table.remove().await
}
