//! A lab's share of a tier.

use std::sync::Arc;

use super::aws_table::{AwsTable, Compartment, past_the_faults, tenancy};
use super::container::Container;
use super::{Embedded, Endpoint, Table};
use crate::clock::Clock;
use crate::faults::{Connection, FaultProxy, Upstream};

/// The table of a share that is a whole database.
const EMBEDDED_TABLE: &str = "candlecheck-lab";

/// What a lab has to itself: a whole database on the embedded tier, a table on a container, a part of a table of one's own.
pub struct Share {
    endpoint: Endpoint,
    table: Table,
    ending: Ending,
}

/// What is to be done when the lab closes.
enum Ending {
    Stop(Embedded),
    RemoveTable,
    DeleteItems(FaultProxy, Arc<Compartment>),
}

impl Share {
    pub(super) async fn embedded(clock: &Clock) -> anyhow::Result<Self> {
        let clock = clock.clone();
        let tier = Embedded::in_memory(move || u64::try_from(clock.now().timestamp()).unwrap_or(0))?;
        let table = Table::create(tier.endpoint(), EMBEDDED_TABLE).await?;
        Ok(Self { endpoint: tier.endpoint().clone(), table, ending: Ending::Stop(tier) })
    }

    pub(super) async fn of_container(container: &Container) -> anyhow::Result<Self> {
        let endpoint = container.endpoint().clone();
        let table = Table::create(&endpoint, &container.next_table()).await?;
        Ok(Self { endpoint, table, ending: Ending::RemoveTable })
    }

    pub(super) async fn of_aws_table(own: &AwsTable) -> anyhow::Result<Self> {
        let compartment = own.compartment();
        let endpoint = own.endpoint().clone();
        let (wire, table) = past_the_faults(&endpoint, &compartment).await?;
        Ok(Self { endpoint, table, ending: Ending::DeleteItems(wire, compartment) })
    }

    /// The way to it, for the fault proxy.
    ///
    /// # Errors
    /// When nothing could listen at its URL.
    pub fn upstream(&self) -> anyhow::Result<Box<dyn Upstream>> {
        Ok(match &self.ending {
            Ending::DeleteItems(_, compartment) => Box::new(tenancy(&self.endpoint, compartment)?),
            Ending::Stop(_) | Ending::RemoveTable => Box::new(Connection::to(&self.endpoint)?),
        })
    }

    /// Where the DynamoDB is that it is a share of.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Its table, with TTL off: what expires by a lab's calendar would be gone at once on a tier that goes by the
    /// real one.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Gives it back.
    ///
    /// # Errors
    /// When something of it could not be removed.
    pub async fn end(self) -> anyhow::Result<()> {
        match self.ending {
            Ending::Stop(tier) => tier.stop().await,
            Ending::RemoveTable => self.table.remove().await,
            Ending::DeleteItems(wire, compartment) => {
                self.table.delete_all(compartment.written()).await?;
                drop(self.table);
                wire.stop().await;
                Ok(())
            }
        }
    }
}
