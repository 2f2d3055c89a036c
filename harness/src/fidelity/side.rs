//! A side of the comparison while it runs: its wire, and the table that it has to itself.

use std::time::Duration;

use serde_json::{Value, json};

use super::answer::Answer;
use super::operation::{Manner, Operation};
use super::wire::Wire;

/// How often a table is looked at that is not there, or not gone, yet.
const LOOK: Duration = Duration::from_millis(200);
/// How long that may take: DynamoDB itself needs some ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// A side that answers.
#[derive(Debug)]
pub struct Side {
    name: String,
    description: String,
    wire: Wire,
    table: String,
}

impl Side {
    /// A side of this name and description behind this wire. All its tables' names begin with `table`.
    ///
    /// # Errors
    /// When it does not answer, or refuses the table.
    pub async fn open(name: &str, description: &str, wire: Wire, table: String) -> Result<Self, String> {
        let side = Self { name: name.to_owned(), description: description.to_owned(), wire, table };
        side.create(&side.table).await?;
        Ok(side)
    }

    /// Its word on the command line and in the file of accepted differences.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, with version and digest.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// What the names of all its tables begin with.
    pub(super) fn run(&self) -> &str {
        &self.table
    }

    /// The table that an operation is about on this side.
    pub(super) fn table_of(&self, operation: &Operation) -> String {
        match operation.is(Manner::AwsTable) {
            true => format!("{}-{}", self.table, operation.name),
            false => self.table.clone(),
        }
    }

    pub(super) async fn call(&self, operation: &str, body: String) -> Result<Answer, String> {
        let answered = self.wire.call(operation, body).await;
        answered.map_err(|cause| format!("{} did not answer {operation}: {cause:#}", self.description))
    }

    /// Creates a table as the contract wants it: PK and SK, on demand.
    pub(super) async fn create(&self, table: &str) -> Result<(), String> {
        let key = |name, role| json!({"AttributeName": name, "KeyType": role});
        let string = |name| json!({"AttributeName": name, "AttributeType": "S"});
        let wanted = json!({
            "TableName": table,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [string("PK"), string("SK")],
            "KeySchema": [key("PK", "HASH"), key("SK", "RANGE")],
        });
        self.succeed("CreateTable", &wanted).await?;
        self.until(table, |answer| answer.body["Table"]["TableStatus"] == "ACTIVE").await
    }

    /// Deletes a table, and waits until it is gone.
    pub(super) async fn delete(&self, table: &str) -> Result<(), String> {
        let answer = self.call("DeleteTable", json!({"TableName": table}).to_string()).await?;
        match answer.error() {
            None => self.until(table, |answer| answer.error() == Some("ResourceNotFoundException")).await,
            // The operation itself was about deleting it.
            Some("ResourceNotFoundException") => Ok(()),
            Some(error) => Err(format!("{} keeps the table {table}: {error}", self.description)),
        }
    }

    /// Deletes every table of this run, also those that an interrupted operation has left.
    ///
    /// # Errors
    /// When one of them stays.
    pub async fn clean_up(&self) -> Result<(), String> {
        let (mut ours, mut from) = (Vec::new(), Value::Null);
        loop {
            let start = from.as_str().map_or_else(|| json!({}), |from| json!({"ExclusiveStartTableName": from}));
            let page = self.succeed("ListTables", &start).await?.body;
            let names = page["TableNames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            ours.extend(names.filter(|name| name.starts_with(&self.table)).map(str::to_owned));
            from = page["LastEvaluatedTableName"].clone();
            if from.is_null() {
                break;
            }
        }
        for table in ours {
            self.delete(&table).await?;
        }
        Ok(())
    }

    async fn succeed(&self, operation: &str, body: &Value) -> Result<Answer, String> {
        let answer = self.call(operation, body.to_string()).await?;
        match answer.is_success() {
            true => Ok(answer),
            false => Err(format!("{} refuses {operation}: {}", self.description, answer.body)),
        }
    }

    async fn until(&self, table: &str, is_so: impl Fn(&Answer) -> bool) -> Result<(), String> {
        let body = json!({"TableName": table}).to_string();
        let settled = async {
            while !is_so(&self.call("DescribeTable", body.clone()).await?) {
                tokio::time::sleep(LOOK).await;
            }
            Ok(())
        };
        let late = || Err(format!("{}: the table {table} did not settle in {PATIENCE:?}", self.description));
        tokio::time::timeout(PATIENCE, settled).await.unwrap_or_else(|_| late())
    }
}
