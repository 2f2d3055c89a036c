//! A table of the user's own: on the real DynamoDB, or on anything that speaks its protocol.
//!
//! Every lab of every run shares it, each in a [`Compartment`] of its own. No table is ever created or removed here.

mod compartment;
mod cost;
mod expiry;
mod ledger;
mod mark;
mod operands;
mod place;
mod signer;
mod sweep;
mod tenancy;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use tokio::sync::Mutex;
use uuid::Uuid;

pub(super) use self::compartment::Compartment;
use self::cost::Cost;
use self::ledger::Ledger;
pub use self::place::Place;
pub use self::signer::Signer;
use self::tenancy::Tenancy;
use super::table::client;
use super::{Endpoint, Table, TierError, TierFacts};
use crate::faults::{Connection, FaultProxy, Upstream};
use crate::observe::journal::Journal;

/// A table that is marked as one for tests.
pub(super) struct AwsTable {
    endpoint: Endpoint,
    table: String,
    /// What the partition keys of this run begin with.
    run: String,
    labs: AtomicUsize,
    ledger: Arc<Ledger>,
    start_up: Duration,
    /// The harness's own way to it. Taken when the run is ended.
    wire: Mutex<Option<FaultProxy>>,
}

impl AwsTable {
    /// Makes sure that the table may be used, and removes what has expired in it.
    pub(super) async fn start(place: &Place, table: &str, say: impl Fn(&str)) -> Result<Self, TierError> {
        let began = Instant::now();
        let endpoint = place.endpoint().await?;
        let journal = Journal::default();
        let wire = FaultProxy::start(&endpoint, journal.clone(), 0).await?;
        let admin = admin(&wire);
        mark::check(&admin, &journal, table).await?;
        let removed = sweep::expired(&admin, table).await?;
        if removed > 0 {
            say(&format!("removed {removed} items that runs before this one have left behind"));
        }
        Ok(Self {
            endpoint,
            table: table.to_owned(),
            run: format!("{}{}#", compartment::TEST, Uuid::new_v4().simple()),
            labs: AtomicUsize::new(0),
            ledger: Arc::default(),
            start_up: began.elapsed(),
            wire: Mutex::new(Some(wire)),
        })
    }

    pub(super) fn facts(&self) -> TierFacts {
        let name = format!("table {} at {}", self.table, self.endpoint.url);
        TierFacts { name, image: None, start_up: self.start_up }
    }

    /// A part of the table that nobody else has.
    pub(super) fn compartment(&self) -> Arc<Compartment> {
        let lab = self.labs.fetch_add(1, Ordering::Relaxed) + 1;
        Arc::new(Compartment::new(&self.table, format!("{}{lab}#", self.run), Arc::clone(&self.ledger)))
    }

    /// Where the table is reached.
    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// What this many runs of scenarios will cost, in words.
    pub(super) fn estimate(&self, runs: usize) -> String {
        format!("about {} (other regions differ)", Cost::of(runs))
    }

    /// What was spent, in words.
    pub(super) fn spent(&self) -> String {
        format!("about {}", self.ledger.spent())
    }

    /// Deletes whatever this run has left. Nothing gets to the table any more.
    pub(super) async fn end(&self) -> anyhow::Result<()> {
        let Some(wire) = self.wire.lock().await.take() else { return Ok(()) };
        self.ledger.close().await;
        sweep::under(&admin(&wire), &self.table, &self.run).await?;
        wire.stop().await;
        Ok(())
    }
}

/// The way to a part of the table.
pub(super) fn tenancy(endpoint: &Endpoint, compartment: &Arc<Compartment>) -> anyhow::Result<impl Upstream> {
    Ok(Tenancy::of(compartment, Connection::to(endpoint)?))
}

/// A part of the table, as the harness sees it: past the faults and the journal.
pub(super) async fn past_the_faults(
    endpoint: &Endpoint,
    compartment: &Arc<Compartment>,
) -> anyhow::Result<(FaultProxy, Table)> {
    let wire = FaultProxy::before(tenancy(endpoint, compartment)?, Journal::default(), 0).await?;
    let table = Table::existing(&Endpoint::at(wire.url()), compartment.table()).only(compartment);
    Ok((wire, table))
}

fn admin(wire: &FaultProxy) -> Client {
    client(&Endpoint::at(wire.url()))
}
