//! An item of the table, as it is stored.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;

/// Attribute names and their values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item(BTreeMap<String, AttributeValue>);

impl Item {
    /// An item that has nothing but its key.
    pub fn keyed(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self::default().with_s("PK", pk).with_s("SK", sk)
    }

    /// The same item with a string.
    pub fn with_s(self, name: &str, value: impl Into<String>) -> Self {
        self.with(name, AttributeValue::S(value.into()))
    }

    /// The same item with a number, in the digits given.
    pub fn with_n(self, name: &str, digits: impl Into<String>) -> Self {
        self.with(name, AttributeValue::N(digits.into()))
    }

    /// The same item with a truth value.
    pub fn with_bool(self, name: &str, value: bool) -> Self {
        self.with(name, AttributeValue::Bool(value))
    }

    /// The same item with an attribute of any type.
    pub fn with(mut self, name: &str, value: AttributeValue) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The same item, which has lost an attribute.
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// A string; `None` when there is none of this name.
    pub fn s(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_s().ok().map(String::as_str)
    }

    /// The digits of a number; `None` when there is none of this name.
    pub fn n(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_n().ok().map(String::as_str)
    }

    /// A truth value; `None` when there is none of this name.
    pub fn bool(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool().ok().copied()
    }

    /// The names of all attributes, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl From<HashMap<String, AttributeValue>> for Item {
    fn from(attributes: HashMap<String, AttributeValue>) -> Self {
        Self(attributes.into_iter().collect())
    }
}

impl From<Item> for HashMap<String, AttributeValue> {
    fn from(item: Item) -> Self {
        item.0.into_iter().collect()
    }
}
