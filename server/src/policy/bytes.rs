//! Sizes, as settings name them: `256MiB`.

use super::{Settable, Value};

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub u64);

/// The units that a size may be named in, the greatest first.
const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

impl Bytes {
    /// So many times 1,024.
    pub const fn kibi(count: u64) -> Self {
        Self(count << 10)
    }

    /// So many times 1,048,576.
    pub const fn mebi(count: u64) -> Self {
        Self(count << 20)
    }

    /// As many as this machine can count.
    pub fn count(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl Value for Bytes {
    fn show(&self) -> String {
        let unit = UNITS.iter().find(|(_, size)| self.0 > 0 && self.0.is_multiple_of(*size));
        unit.map_or_else(|| self.0.to_string(), |(name, size)| format!("{}{name}", self.0 / size))
    }
}

impl Settable for Bytes {
    const EXAMPLE: &'static str = "256MiB, 64KiB or 1000000";
    fn read(text: &str) -> Option<Self> {
        let named = UNITS.iter().find_map(|(name, size)| Some((text.strip_suffix(name)?.trim_end(), *size)));
        let (count, size) = named.unwrap_or((text, 1));
        count.parse::<u64>().ok()?.checked_mul(size).map(Self)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_reads_as_it_is_shown() {
        for text in ["256MiB", "64KiB", "1GiB", "1000000", "0"] {
            assert_eq!(Bytes::read(text).map(|bytes| bytes.show()), Some(text.into()));
        }
        assert_eq!(Bytes::read("16 MiB"), Some(Bytes::mebi(16)));
        for text in ["", "MiB", "-1", "1.5MiB", "64 kb", "99999999999GiB"] {
            assert_eq!(Bytes::read(text), None, "{text}");
        }
    }
}
