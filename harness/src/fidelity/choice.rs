//! Which side is wanted, as people name it.

use std::fmt;
use std::str::FromStr;

/// A DynamoDB, or what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SideChoice {
    /// `embedded`: dynoxide inside this process.
    Embedded,
    /// `container`: DynamoDB Local in a container.
    Container,
    /// `dynalite`: a process of that program.
    Dynalite,
    /// `moto`: a process of `moto_server`.
    Moto,
    /// `aws`: DynamoDB itself.
    Aws,
    /// A URL where something listens already.
    Endpoint(String),
}

impl SideChoice {
    /// Its word in the file of accepted differences.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Container => "container",
            Self::Dynalite => "dynalite",
            Self::Moto => "moto",
            Self::Aws => "aws",
            Self::Endpoint(_) => "endpoint",
        }
    }
}

impl FromStr for SideChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "embedded" => Ok(Self::Embedded),
            "container" => Ok(Self::Container),
            "dynalite" => Ok(Self::Dynalite),
            "moto" => Ok(Self::Moto),
            "aws" => Ok(Self::Aws),
            url if url.starts_with("http://") || url.starts_with("https://") => Ok(Self::Endpoint(url.to_owned())),
            _ => Err("give embedded, container, dynalite, moto, aws, or a URL such as http://127.0.0.1:8000".into()),
        }
    }
}

impl fmt::Display for SideChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(url) => f.write_str(url),
            named => f.write_str(named.word()),
        }
    }
}
