//! The two layers that keep answers.

/// Where an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheLayer {
    /// The memory of this instance.
    InMemory,
    /// The table that all instances share.
    DynamoDb,
}

/// Where an invalidation clears. The table first: a look-up between the two would otherwise fill memory from it again.
pub fn invalidated() -> &'static [CacheLayer] {
    &[CacheLayer::DynamoDb, CacheLayer::InMemory]
}

/// Where something of any age is looked for when the ceiling has passed: first where it costs nothing.
pub fn at_hand() -> &'static [CacheLayer] {
    &[CacheLayer::InMemory, CacheLayer::DynamoDb]
}
