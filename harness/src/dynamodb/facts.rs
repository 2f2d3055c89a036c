//! What there is to know about a tier that is up.

use std::fmt;
use std::time::Duration;

/// What reports say of a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierFacts {
    /// What it is, with its version: `embedded (dynoxide 3.2.0)`.
    pub name: String,
    /// The digest of its image; nothing when it has none.
    pub image: Option<String>,
    /// What its start cost, once for the whole run.
    pub start_up: Duration,
}

impl TierFacts {
    /// What its start cost, as people read it: `1.3 ms`, `2.1 s`.
    pub fn up_in(&self) -> String {
        let (unit, tenths) = match self.start_up.as_micros() {
            short @ ..1_000_000 => ("ms", short / 100),
            long => ("s", long / 100_000),
        };
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

impl fmt::Display for TierFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
