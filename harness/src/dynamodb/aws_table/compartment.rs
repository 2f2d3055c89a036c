//! A lab's part of a table that it shares with other labs, other runs, and whoever else tests there.
//!
//! Its items live under partition keys that begin with `TEST#{run}#{lab}#`. The server under test knows nothing of that:
//! its calls are rewritten on their way in, and answers on their way out. Every item gets an expiry that lies a few
//! minutes after the real now. `ExpiresAt`, which follows the lab's calendar, stays as the server wrote it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::expiry::{EXPIRY, expiry, set_expiry};
use super::ledger::Ledger;
use super::operands::operands;

/// What the partition keys of every run begin with.
pub(super) const TEST: &str = "TEST#";
/// The placeholder that keeps a Scan inside.
const INSIDE: &str = ":candlecheck_inside";
/// What stands before the key of somebody else's item at which a page of a Scan ends.
const ELSEWHERE: &str = "elsewhere:";
/// Expressions that may compare the partition key with something.
const EXPRESSIONS: [&str; 3] = ["KeyConditionExpression", "FilterExpression", "ConditionExpression"];

/// A part of one table.
#[derive(Debug)]
pub(crate) struct Compartment {
    table: String,
    prefix: String,
    /// PK, without the prefix, and SK of everything that was ever written.
    written: Mutex<BTreeSet<(String, String)>>,
    ledger: Arc<Ledger>,
}

/// Why a call has no place in a shared table.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// It is about another table.
    #[error("{0:?} is not the table that is for tests")]
    OtherTable(String),
    /// It is an operation that could reach beyond the lab's own items.
    #[error("{0} could reach beyond the lab's own items, so it is not passed on to a table of your own")]
    Operation(String),
}

impl Compartment {
    /// The part of `table` under this prefix: `TEST#{run}#{lab}#`.
    pub(super) fn new(table: impl Into<String>, prefix: impl Into<String>, ledger: Arc<Ledger>) -> Self {
        Self { table: table.into(), prefix: prefix.into(), written: Mutex::default(), ledger }
    }

    /// The run's ledger, in which calls are entered.
    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The table that it is a part of.
    pub(in crate::dynamodb) fn table(&self) -> &str {
        &self.table
    }

    /// PK and SK, as the server knows them, of everything that was ever written there.
    pub(in crate::dynamodb) fn written(&self) -> Vec<(String, String)> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// The partition keys, as the server knows them, of everything that was ever written there.
    pub(in crate::dynamodb) fn partitions(&self) -> BTreeSet<String> {
        self.written().into_iter().map(|(pk, _)| pk).collect()
    }

    /// The same call, kept to this part.
    ///
    /// # Errors
    /// When it would reach beyond.
    pub(crate) fn inward(&self, operation: &str, mut body: Value) -> Result<Value, Refused> {
        match operation {
            "ListTables" | "DescribeLimits" | "DescribeEndpoints" => return Ok(body),
            "BatchGetItem" => {
                for gets in self.batches(&mut body)? {
                    each(gets.get_mut("Keys"), |key| self.enter(key));
                }
            }
            "BatchWriteItem" => {
                for writes in self.batches(&mut body)? {
                    each(Some(writes), |write| self.write(write));
                }
            }
            "TransactGetItems" | "TransactWriteItems" => self.transact(&mut body)?,
            "DescribeTable" | "DescribeTimeToLive" => self.is_own(&body)?,
            "GetItem" | "DeleteItem" | "UpdateItem" | "PutItem" | "Query" | "Scan" => {
                self.is_own(&body)?;
                self.act(operation, &mut body);
            }
            other => return Err(Refused::Operation(other.to_owned())),
        }
        Ok(body)
    }

    /// The same answer, as if the part were the whole.
    pub(crate) fn outward(&self, mut body: Value) -> Value {
        if let Some(pk) = key_of(body.get_mut("LastEvaluatedKey")).filter(|pk| !pk.starts_with(&self.prefix)) {
            pk.insert_str(0, ELSEWHERE);
        }
        self.leave(&mut body);
        body
    }

    fn is_own(&self, call: &Value) -> Result<(), Refused> {
        match call["TableName"].as_str() {
            Some(table) if table == self.table => Ok(()),
            other => Err(Refused::OtherTable(other.unwrap_or_default().to_owned())),
        }
    }

    /// What a batch asks of the table.
    fn batches<'a>(&self, body: &'a mut Value) -> Result<Vec<&'a mut Value>, Refused> {
        let tables = body.get_mut("RequestItems").and_then(Value::as_object_mut);
        let tables = tables.ok_or_else(|| Refused::OtherTable(String::new()))?;
        match tables.keys().find(|table| **table != self.table) {
            Some(other) => Err(Refused::OtherTable(other.clone())),
            None => Ok(tables.values_mut().collect()),
        }
    }

    fn transact(&self, body: &mut Value) -> Result<(), Refused> {
        for step in body.get_mut("TransactItems").and_then(Value::as_array_mut).into_iter().flatten() {
            for (act, call) in step.as_object_mut().into_iter().flatten() {
                self.is_own(call)?;
                self.act(&format!("{act}Item"), call);
            }
        }
        Ok(())
    }

    /// Rewrites one act on the table: an operation of its own, or a step of a transaction.
    fn act(&self, operation: &str, call: &mut Value) {
        self.enter_operands(call);
        match operation {
            "PutItem" => self.put(call.get_mut("Item")),
            "UpdateItem" => {
                self.remember(&call["Key"]);
                self.enter_key(call);
                set_expiry(call);
            }
            "Scan" => {
                self.keep_inside(call);
                self.resume(call);
            }
            "Query" => self.resume(call),
            _ => self.enter_key(call),
        }
    }

    fn write(&self, write: &mut Value) {
        if let Some(put) = write.get_mut("PutRequest") {
            self.put(put.get_mut("Item"));
        }
        if let Some(delete) = write.get_mut("DeleteRequest") {
            self.enter_key(delete);
        }
    }

    fn put(&self, item: Option<&mut Value>) {
        let Some(item) = item else { return };
        self.remember(item);
        self.enter(item);
        if let Some(item) = item.as_object_mut() {
            item.insert(EXPIRY.into(), expiry());
        }
    }

    fn remember(&self, item: &Value) {
        let text = |name: &str| item[name]["S"].as_str().map(str::to_owned);
        if let Some(key) = text("PK").zip(text("SK")) {
            self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
    }

    fn enter_key(&self, call: &mut Value) {
        if let Some(key) = call.get_mut("Key") {
            self.enter(key);
        }
    }

    /// Puts the prefix before the partition key of an item.
    fn enter(&self, item: &mut Value) {
        if let Some(pk) = key_of(Some(item)) {
            pk.insert_str(0, &self.prefix);
        }
    }

    /// Puts the prefix before whatever an expression compares the partition key with.
    fn enter_operands(&self, call: &mut Value) {
        let names = call["ExpressionAttributeNames"].as_object();
        let expressions = EXPRESSIONS.into_iter().filter_map(|expression| call[expression].as_str());
        let found: BTreeSet<String> = expressions.flat_map(|text| operands(text, names)).collect();
        let values = call.get_mut("ExpressionAttributeValues").and_then(Value::as_object_mut);
        for (_, value) in values.into_iter().flatten().filter(|(placeholder, _)| found.contains(*placeholder)) {
            if let Some(Value::String(value)) = value.get_mut("S") {
                value.insert_str(0, &self.prefix);
            }
        }
    }

    /// A Scan sees only this part.
    fn keep_inside(&self, scan: &mut Value) {
        let inside = format!("begins_with(PK, {INSIDE})");
        let filter = match scan["FilterExpression"].as_str() {
            Some(own) => format!("{inside} AND ({own})"),
            None => inside,
        };
        if let Some(scan) = scan.as_object_mut() {
            scan.insert("FilterExpression".into(), filter.into());
            let values = scan.entry("ExpressionAttributeValues").or_insert_with(|| json!({}));
            if let Some(values) = values.as_object_mut() {
                values.insert(INSIDE.into(), json!({"S": self.prefix}));
            }
        }
    }

    /// Goes on where a page ended, which may have been at somebody else's item.
    fn resume(&self, call: &mut Value) {
        let Some(pk) = key_of(call.get_mut("ExclusiveStartKey")) else { return };
        match pk.strip_prefix(ELSEWHERE) {
            Some(foreign) => *pk = foreign.to_owned(),
            None => pk.insert_str(0, &self.prefix),
        }
    }

    /// Takes prefixes and expiries away, wherever they are.
    fn leave(&self, value: &mut Value) {
        if let Some(pk) = key_of(Some(value))
            && let Some(own) = pk.strip_prefix(&self.prefix)
        {
            *pk = own.to_owned();
        }
        match value {
            Value::Array(values) => values.iter_mut().for_each(|value| self.leave(value)),
            Value::Object(fields) => {
                fields.remove(EXPIRY);
                fields.values_mut().for_each(|value| self.leave(value));
            }
            _ => {}
        }
    }
}

/// The partition key of an item or a key.
fn key_of(item: Option<&mut Value>) -> Option<&mut String> {
    match item?.get_mut("PK")?.get_mut("S")? {
        Value::String(pk) => Some(pk),
        _ => None,
    }
}

fn each(values: Option<&mut Value>, change: impl FnMut(&mut Value)) {
    values.and_then(Value::as_array_mut).into_iter().flatten().for_each(change);
}
