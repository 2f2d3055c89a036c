//! Which parts of which table a call reads or writes.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::key_condition::Query;
use super::sort_keys::SortKeys;

/// One part of a table that a call reads or writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// What is done with it: `get`, `query`, `put`, `update`, `delete`, `check`, or `whole table`.
    pub act: &'static str,
    /// The table's name.
    pub table: String,
    /// The partition; `None` when the call is about the whole table.
    pub pk: Option<String>,
    /// The sort keys within the partition.
    pub sk: SortKeys,
}

impl Access {
    /// Everything that a call with this body does; nothing when the body cannot be read.
    pub(super) fn all(operation: &str, body: &[u8]) -> Vec<Self> {
        match operation {
            "BatchGetItem" => {
                let gets = read::<Batch<Gets>>(body).request_items.into_iter();
                gets.flat_map(|(table, gets)| gets.keys.into_iter().map(move |key| key.access("get", &table))).collect()
            }
            "BatchWriteItem" => {
                let writes = read::<Batch<Vec<Write>>>(body).request_items.into_iter();
                writes.flat_map(|(table, writes)| writes.into_iter().map(move |write| write.access(&table))).collect()
            }
            "TransactWriteItems" => {
                let writes = read::<Transaction>(body).transact_items.into_iter();
                // Here each write names its own table.
                writes.map(|write| write.access("")).collect()
            }
            "Query" => {
                let query = read::<Query>(body);
                let (pk, sk) = query.keys();
                vec![Self { act: "query", table: query.table_name, pk, sk }]
            }
            _ => read::<Target>(body).access(operation).into_iter().collect(),
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(pk) = &self.pk {
            write!(f, " {pk}")?;
        }
        if self.sk != SortKeys::ALL {
            write!(f, " {}", self.sk)?;
        }
        Ok(())
    }
}

// Of each body only what follows is read, and the rest passed over: it costs a tenth of reading it whole.

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Batch<R: Default> {
    request_items: BTreeMap<String, R>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Gets {
    keys: Vec<Key>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Transaction {
    transact_items: Vec<Write>,
}

/// A write, in the words of a batch or of a transaction.
#[derive(Deserialize)]
enum Write {
    #[serde(alias = "PutRequest")]
    Put(Target),
    #[serde(alias = "DeleteRequest")]
    Delete(Target),
    Update(Target),
    ConditionCheck(Target),
}

impl Write {
    fn access(self, table: &str) -> Access {
        let (act, target) = match self {
            Self::Put(target) => ("put", target),
            Self::Delete(target) => ("delete", target),
            Self::Update(target) => ("update", target),
            Self::ConditionCheck(target) => ("check", target),
        };
        let own = target.table_name.unwrap_or_else(|| table.to_owned());
        target.key.access(act, own)
    }
}

/// A table, and the key that is in it or in the item to be put there.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Target {
    table_name: Option<String>,
    #[serde(alias = "Item")]
    key: Key,
}

impl Target {
    fn access(self, operation: &str) -> Option<Access> {
        let table = self.table_name?;
        Some(match operation {
            "GetItem" => self.key.access("get", table),
            "PutItem" => self.key.access("put", table),
            "UpdateItem" => self.key.access("update", table),
            "DeleteItem" => self.key.access("delete", table),
            _ => Access { act: "whole table", table, pk: None, sk: SortKeys::ALL },
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "UPPERCASE")]
struct Key {
    pk: Text,
    sk: Text,
}

impl Key {
    fn access(self, act: &'static str, table: impl Into<String>) -> Access {
        Access { act, table: table.into(), pk: self.pk.s, sk: self.sk.s.map_or(SortKeys::ALL, SortKeys::one) }
    }
}

/// A value, when it is a string.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "UPPERCASE")]
pub(super) struct Text {
    pub(super) s: Option<String>,
}

fn read<T: DeserializeOwned + Default>(body: &[u8]) -> T {
    serde_json::from_slice(body).unwrap_or_default()
}
