//! Which tier is wanted, as people name it.

use std::fmt;
use std::str::FromStr;

/// What a server's table is to live on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TierChoice {
    /// `embedded`: dynoxide inside this process.
    #[default]
    Embedded,
    /// `container`: DynamoDB Local in a container of its own.
    Container,
}

impl FromStr for TierChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "embedded" => Ok(Self::Embedded),
            "container" => Ok(Self::Container),
            _ => Err("give embedded or container".into()),
        }
    }
}

impl fmt::Display for TierChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Container => "container",
        })
    }
}
