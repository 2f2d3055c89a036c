//! Which tier is wanted, as people name it.

use std::fmt;
use std::str::FromStr;

use super::Place;

/// The name of a table of one's own, when nobody says: one that is marked by its name.
const TABLE: &str = "candlecheck-test";

/// What a server's table is to live on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TierChoice {
    /// `embedded`: dynoxide inside this process.
    #[default]
    Embedded,
    /// `container`: DynamoDB Local in a container of its own.
    Container,
    /// `aws`, or an URL: a table of one's own, which is there already and marked as one for tests.
    AwsTable {
        /// Where it is.
        place: Place,
        /// Its name.
        table: String,
    },
}

impl TierChoice {
    /// The same tier with another table of one's own.
    ///
    /// # Errors
    /// When the tier makes its tables itself.
    pub fn with_table(self, name: &str) -> Result<Self, String> {
        match self {
            Self::AwsTable { place, .. } => Ok(Self::AwsTable { place, table: name.to_owned() }),
            other => {
                Err(format!("the tier {other} makes its tables itself: leave out --table, or give --dynamodb URL"))
            }
        }
    }
}

impl FromStr for TierChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let place = match name {
            "embedded" => return Ok(Self::Embedded),
            "container" => return Ok(Self::Container),
            "aws" => Place::Aws,
            url if url.starts_with("http://") || url.starts_with("https://") => Place::Url(url.to_owned()),
            _ => return Err("give embedded, container, aws, or the URL of a DynamoDB".into()),
        };
        Ok(Self::AwsTable { place, table: TABLE.to_owned() })
    }
}

impl fmt::Display for TierChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Container => "container",
            Self::AwsTable { place: Place::Aws, .. } => "aws",
            Self::AwsTable { place: Place::Url(url), .. } => url,
        })
    }
}
