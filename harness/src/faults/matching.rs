//! Which calls a fault is for.

use std::ops::RangeInclusive;

use super::{Access, Call, SortKeys};

/// The operations that can be named; the proxy passes on any other, too.
const OPERATIONS: [&str; 10] = [
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "DescribeTable",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactWriteItems",
    "UpdateItem",
];

/// Calls of this operation, all of them until said otherwise.
///
/// # Panics
/// When DynamoDB has no such operation: the fault would never meet a call, and its scenario prove nothing.
pub fn on(operation: &'static str) -> Matching {
    Matching { operations: Some(Vec::new()), ..everything() }.or(operation)
}

/// Every call, until said otherwise.
pub fn everything() -> Matching {
    Matching {
        operations: None,
        table: None,
        pk: None,
        sk: None,
        access_key: None,
        turns: 1..=usize::MAX,
        chance: None,
    }
}

/// The calls that a fault is for: what they are about, and which of those in turn.
#[derive(Debug, Clone)]
pub struct Matching {
    operations: Option<Vec<&'static str>>,
    table: Option<String>,
    pk: Option<Pattern>,
    sk: Option<Pattern>,
    access_key: Option<String>,
    turns: RangeInclusive<usize>,
    chance: Option<f64>,
}

#[derive(Debug, Clone)]
enum Pattern {
    Exactly(String),
    Prefix(String),
}

impl Matching {
    /// Calls of this operation, too.
    ///
    /// # Panics
    /// When DynamoDB has no such operation.
    pub fn or(mut self, operation: &'static str) -> Self {
        assert!(OPERATIONS.contains(&operation), "{operation:?} is not one of {OPERATIONS:?}");
        if let Some(operations) = &mut self.operations {
            operations.push(operation);
        }
        self
    }

    /// Only those about this table.
    pub fn table(self, name: impl Into<String>) -> Self {
        Self { table: Some(name.into()), ..self }
    }

    /// Only those about this partition; a batch or a transaction when any part of it is.
    pub fn pk(self, pk: impl Into<String>) -> Self {
        Self { pk: Some(Pattern::Exactly(pk.into())), ..self }
    }

    /// Only those about a partition that begins like this.
    pub fn pk_prefix(self, prefix: impl Into<String>) -> Self {
        Self { pk: Some(Pattern::Prefix(prefix.into())), ..self }
    }

    /// Only those about this sort key; a Query when its range includes it.
    pub fn sk(self, sk: impl Into<String>) -> Self {
        Self { sk: Some(Pattern::Exactly(sk.into())), ..self }
    }

    /// Only those about sort keys that begin like this; a Query when its range may include one.
    pub fn sk_prefix(self, prefix: impl Into<String>) -> Self {
        Self { sk: Some(Pattern::Prefix(prefix.into())), ..self }
    }

    /// Only those signed with this access key.
    pub fn signed_with(self, access_key: impl Into<String>) -> Self {
        Self { access_key: Some(access_key.into()), ..self }
    }

    /// Of those, the first `count`.
    pub fn first(self, count: usize) -> Self {
        Self { turns: 1..=count, ..self }
    }

    /// Of those, the one in this turn, counted from 1.
    pub fn nth(self, turn: usize) -> Self {
        Self { turns: turn..=turn, ..self }
    }

    /// Of those, all from this turn on, counted from 1.
    pub fn from_nth(self, turn: usize) -> Self {
        Self { turns: turn..=usize::MAX, ..self }
    }

    /// Of those, each with this probability, as the proxy's seed has it.
    ///
    /// # Panics
    /// When it is not between 0 and 1.
    pub fn sometimes(self, probability: f64) -> Self {
        assert!((0.0..=1.0).contains(&probability), "{probability} is not a valid probability");
        Self { chance: Some(probability), ..self }
    }

    /// Whether a call is about what is meant here, whatever its turn.
    pub(super) fn is_about(&self, call: &Call) -> bool {
        let named = self.operations.as_ref();
        let operation = named.is_none_or(|named| named.contains(&call.operation()));
        let signed = self.access_key.as_deref().is_none_or(|key| call.access_key() == Some(key));
        operation && signed && (self.is_about_anything() || call.accesses().iter().any(|access| self.covers(access)))
    }

    /// Whether the calls in this turn are meant.
    pub(super) fn has_turn(&self, turn: usize) -> bool {
        self.turns.contains(&turn)
    }

    /// The probability that such a call is meant after all.
    pub(super) fn chance(&self) -> Option<f64> {
        self.chance
    }

    fn is_about_anything(&self) -> bool {
        self.table.is_none() && self.pk.is_none() && self.sk.is_none()
    }

    fn covers(&self, access: &Access) -> bool {
        let table = self.table.as_ref().is_none_or(|table| *table == access.table);
        let pk = self.pk.as_ref().is_none_or(|pattern| match (pattern, &access.pk) {
            (Pattern::Exactly(pk), Some(own)) => own == pk,
            (Pattern::Prefix(prefix), Some(own)) => own.starts_with(prefix),
            (_, None) => false,
        });
        let sk = self.sk.as_ref().is_none_or(|pattern| pattern.reaches(&access.sk));
        table && pk && sk
    }
}

impl Pattern {
    fn reaches(&self, keys: &SortKeys) -> bool {
        match self {
            Self::Exactly(sk) => keys.contains(sk),
            Self::Prefix(prefix) => keys.touch_prefix(prefix),
        }
    }
}
