//! How a side is started, and what is kept running for it.

use anyhow::{Context, anyhow};
use chrono::DateTime;

use super::choice::SideChoice;
use super::emulator::Emulator;
use super::side::Side;
use super::wire::Wire;
use crate::clock::Clock;
use crate::dynamodb::{Embedded, Place, Share, Tier, TierChoice, TierError};

/// Why there is no side.
#[derive(Debug, thiserror::Error)]
pub enum SideError {
    /// Something that it needs is not there, and what to do about it.
    #[error("{0}")]
    NotThere(String),
    /// It broke.
    #[error("{0:#}")]
    Broken(#[from] anyhow::Error),
}

/// A side, with what runs for it.
pub struct Started {
    /// The side.
    pub side: Side,
    behind: Behind,
}

/// What is behind a side's wire.
enum Behind {
    Embedded(Embedded),
    Container(Tier, Share),
    Program(Emulator),
    /// What listens anyway.
    Others,
}

impl Started {
    /// Starts what was chosen, with a table whose name begins with `table`. What takes long is said, a sentence at a
    /// time. `path` is where programs are looked for, as in the variable `PATH`.
    ///
    /// # Errors
    /// When something that it needs is not there, or it does not start.
    pub async fn new(
        choice: &SideChoice,
        table: String,
        path: Option<&str>,
        say: impl Fn(&str),
    ) -> Result<Self, SideError> {
        let (wire, description, behind) = match choice {
            SideChoice::Embedded => {
                let tier = Embedded::in_memory(|| 0)?;
                let wire = Wire::to(tier.endpoint())?;
                (wire, Tier::embedded().facts().to_string(), Behind::Embedded(tier))
            }
            SideChoice::Container => {
                let tier = Tier::start(&TierChoice::Container, say).await?;
                let share = tier.share(&Clock::at(DateTime::UNIX_EPOCH)).await?;
                let wire = Wire::to(share.endpoint())?;
                let facts = tier.facts();
                let image = facts.image.as_ref().map_or_else(String::new, |digest| format!(", image {digest}"));
                (wire, format!("{facts}{image}"), Behind::Container(tier, share))
            }
            SideChoice::Dynalite => program(Emulator::dynalite(path).await?)?,
            SideChoice::Moto => program(Emulator::moto(path).await?)?,
            SideChoice::Aws => {
                let endpoint = Place::Aws.endpoint().await?;
                (Wire::to(&endpoint)?, format!("Amazon DynamoDB at {}", endpoint.url), Behind::Others)
            }
            SideChoice::Endpoint(url) => {
                let endpoint = Place::Url(url.clone()).endpoint().await?;
                (Wire::to(&endpoint)?, format!("endpoint {url}"), Behind::Others)
            }
        };
        match Side::open(choice.word(), &description, wire, table).await {
            Ok(side) => Ok(Self { side, behind }),
            Err(cause) => {
                behind.end().await?;
                Err(SideError::NotThere(format!("{cause}; see that it runs, and may create tables")))
            }
        }
    }

    /// Deletes the side's tables, and ends what runs for it.
    ///
    /// # Errors
    /// When something is left.
    pub async fn end(self) -> anyhow::Result<()> {
        let cleaned = self.side.clean_up().await.map_err(|cause| anyhow!(cause));
        // Its connections would keep what listens at their other end from stopping.
        drop(self.side);
        self.behind.end().await?;
        cleaned.context("deleting the tables of this run")
    }
}

impl Behind {
    async fn end(self) -> anyhow::Result<()> {
        match self {
            Self::Embedded(tier) => tier.stop().await,
            Self::Container(tier, share) => {
                share.end().await?;
                tier.end().await
            }
            Self::Program(emulator) => {
                drop(emulator);
                Ok(())
            }
            Self::Others => Ok(()),
        }
    }
}

fn program(emulator: Emulator) -> anyhow::Result<(Wire, String, Behind)> {
    Ok((Wire::to(emulator.url.as_str())?, emulator.description.clone(), Behind::Program(emulator)))
}

impl From<TierError> for SideError {
    fn from(none: TierError) -> Self {
        match none {
            TierError::NotThere(advice) => Self::NotThere(advice),
            TierError::Broken(cause) => Self::Broken(cause),
        }
    }
}
