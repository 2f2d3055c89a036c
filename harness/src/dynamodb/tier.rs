//! A tier: what the tables of a whole run live on. It is started once, and every lab takes a share of it.

use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::net::TcpStream;

use super::aws_table::AwsTable;
use super::container::Container;
use super::{Embedded, Share, TierChoice, TierError, TierFacts};
use crate::clock::Clock;

/// The version of the emulator inside, which `Cargo.toml` pins.
const DYNOXIDE: &str = "dynoxide 3.2.0";

/// What a run's tables live on.
pub struct Tier {
    kind: Kind,
    facts: TierFacts,
}

enum Kind {
    /// Each share is a database of its own.
    Embedded,
    /// Each share is a table of its own.
    Container(Box<Container>),
    /// Each share is a part of one table.
    AwsTable(Box<AwsTable>),
}

impl Tier {
    /// Starts it, and says what takes long, a sentence at a time. Has to be ended with [`Tier::end`].
    ///
    /// # Errors
    /// When something that it needs is not there, or it does not start.
    pub async fn start(choice: &TierChoice, say: impl Fn(&str)) -> Result<Self, TierError> {
        match choice {
            TierChoice::Embedded => Ok(Self::embedded().measured().await?),
            TierChoice::Container => {
                let container = Container::start().await?;
                let facts = container.facts();
                Ok(Self { kind: Kind::Container(Box::new(container)), facts })
            }
            TierChoice::AwsTable { place, table } => {
                let own = AwsTable::start(place, table, say).await?;
                let facts = own.facts();
                Ok(Self { kind: Kind::AwsTable(Box::new(own)), facts })
            }
        }
    }

    /// The embedded tier, which needs no start of its own.
    pub fn embedded() -> Self {
        let name = format!("embedded ({DYNOXIDE})");
        Self { kind: Kind::Embedded, facts: TierFacts { name, image: None, start_up: Duration::ZERO } }
    }

    /// The same, with the time until a database of it takes calls, which every lab pays for itself.
    async fn measured(mut self) -> anyhow::Result<Self> {
        let began = Instant::now();
        let tier = Embedded::in_memory(|| 0)?;
        TcpStream::connect(tier.endpoint().url.trim_start_matches("http://")).await?;
        self.facts.start_up = began.elapsed();
        tier.stop().await?;
        Ok(self)
    }

    /// What reports say of it.
    pub fn facts(&self) -> &TierFacts {
        &self.facts
    }

    /// Whether a lab's part of it runs on the lab's own runtime.
    pub(crate) fn is_in_process(&self) -> bool {
        matches!(self.kind, Kind::Embedded)
    }

    /// Whether there is something outside of this process that only [`Tier::end`] removes.
    pub fn leaves_something(&self) -> bool {
        !matches!(self.kind, Kind::Embedded)
    }

    /// What this many runs of scenarios will cost, in words; nothing where nobody is charged.
    pub fn estimate(&self, runs: usize) -> Option<String> {
        match &self.kind {
            Kind::AwsTable(own) => Some(own.estimate(runs)),
            Kind::Embedded | Kind::Container(_) => None,
        }
    }

    /// What was spent so far, in words; nothing where nobody is charged.
    pub fn spent(&self) -> Option<String> {
        match &self.kind {
            Kind::AwsTable(own) => Some(own.spent()),
            Kind::Embedded | Kind::Container(_) => None,
        }
    }

    /// A lab's own part of it, with an empty table.
    ///
    /// # Errors
    /// When it does not answer, or refuses.
    pub async fn share(&self, clock: &Clock) -> anyhow::Result<Share> {
        match &self.kind {
            Kind::Embedded => Share::embedded(clock).await,
            Kind::Container(container) => Share::of_container(container).await,
            Kind::AwsTable(own) => Share::of_aws_table(own).await,
        }
        .context("creating the lab's table")
    }

    /// Ends it, and removes what it has left outside of this process. Has no effect when it has ended already.
    ///
    /// # Errors
    /// When something could not be removed.
    pub async fn end(&self) -> anyhow::Result<()> {
        match &self.kind {
            Kind::Embedded => Ok(()),
            Kind::Container(container) => container.end().await,
            Kind::AwsTable(own) => own.end().await,
        }
    }
}
