//! The two layers that keep answers.

use crate::policy::Value;

/// Where an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheLayer {
    /// The memory of this instance.
    InMemory,
    /// The table that all instances share.
    DynamoDb,
}

impl Value for CacheLayer {
    fn show(&self) -> String {
        match self {
            Self::InMemory => "memory".into(),
            Self::DynamoDb => "DynamoDB".into(),
        }
    }
}
