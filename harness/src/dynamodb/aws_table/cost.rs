//! What a run on a table of one's own costs.

use std::fmt;

/// The price of a million read units on demand, in us-east-1, in hundredths of a cent.
const READS: u64 = 1_250;
/// The same for writes.
const WRITES: u64 = 6_250;
/// What one run of one scenario takes on average, with its deletion afterwards, in tenths of a unit. Measured over
/// the whole catalogue with its proofs.
const READS_A_RUN: u64 = 273;
const WRITES_A_RUN: u64 = 2_234;

/// Read and write units, on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) reads: u64,
    pub(super) writes: u64,
}

impl Cost {
    /// What to expect of this many runs of scenarios, proofs included.
    pub(super) fn of(runs: usize) -> Self {
        let runs = runs as u64;
        Self { reads: runs * READS_A_RUN / 10, writes: runs * WRITES_A_RUN / 10 }
    }

    /// In US dollars: `0.0123`.
    fn dollars(self) -> String {
        let hundredths_of_a_cent = (self.reads * READS + self.writes * WRITES).div_ceil(1_000_000);
        format!("{}.{:04}", hundredths_of_a_cent / 10_000, hundredths_of_a_cent % 10_000)
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reads, writes } = self;
        write!(f, "{writes} writes and {reads} reads, ${} on demand in us-east-1", self.dollars())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_of_each_costs_what_aws_says() {
        assert_eq!(Cost { reads: 1_000_000, writes: 0 }.dollars(), "0.1250");
        assert_eq!(Cost { reads: 0, writes: 1_000_000 }.dollars(), "0.6250");
        assert_eq!(Cost { reads: 1, writes: 0 }.dollars(), "0.0001", "nothing that costs is free");
    }
}
