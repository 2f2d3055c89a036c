//! The operations of DynamoDB that this server uses.

use crate::policy::Value;

/// An operation of DynamoDB's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Reads a window.
    Query,
    /// Reads everything, to delete it.
    Scan,
    /// Reads one item.
    GetItem,
    /// Writes one item.
    PutItem,
    /// Deletes one item.
    DeleteItem,
    /// Writes or deletes up to 25 items.
    BatchWriteItem,
}

impl Operation {
    /// Every one of them.
    pub const ALL: &[Self] =
        &[Self::Query, Self::Scan, Self::GetItem, Self::PutItem, Self::DeleteItem, Self::BatchWriteItem];

    /// Its name in logs and metrics: DynamoDB's own.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::Scan => "Scan",
            Self::GetItem => "GetItem",
            Self::PutItem => "PutItem",
            Self::DeleteItem => "DeleteItem",
            Self::BatchWriteItem => "BatchWriteItem",
        }
    }
}

impl Value for Operation {
    fn show(&self) -> String {
        self.name().into()
    }
}
