//! Whether a table is for tests. No other is touched.

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{KeyType, TableDescription, TimeToLiveStatus};

use super::expiry::EXPIRY;
use crate::dynamodb::TierError;
use crate::observe::journal::Journal;

/// How the name of a table begins that is for tests.
const NAME: &str = "candlecheck-test";
/// The tag of a table that is for tests, whatever its name.
const TAG: (&str, &str) = ("candlecheck", "tests");

/// Refuses a table that is not there, is not marked, or would lose a lab's items.
///
/// The journal is that of the wire which the client asks through.
pub(super) async fn check(client: &Client, journal: &Journal, table: &str) -> Result<(), TierError> {
    let described = client.describe_table().table_name(table).send().await.map_err(|error| {
        let Some(cause) = error.code() else {
            let cause = journal.all().pop().and_then(|call| call.fault).unwrap_or_default();
            let advice = "start what should listen there, or give another URL with --dynamodb";
            return TierError::NotThere(format!("no DynamoDB answers ({cause}): {advice}"));
        };
        let advice = format!(
            "create it with `aws dynamodb create-table --table-name {table} --billing-mode PAY_PER_REQUEST \
             --attribute-definitions AttributeName=PK,AttributeType=S AttributeName=SK,AttributeType=S --key-schema \
             AttributeName=PK,KeyType=HASH AttributeName=SK,KeyType=RANGE --tags Key={},Value={}`, or name another \
             with --table",
            TAG.0, TAG.1
        );
        TierError::NotThere(format!("the table {table} cannot be used: {cause}; {advice}"))
    })?;
    let described = described.table.context("a table without a description")?;
    if !has_the_keys(&described) {
        return Err(refused(table, "its keys are not PK and SK", "name one whose keys are, with --table"));
    }
    if !table.starts_with(NAME) && !is_tagged(client, &described).await {
        let advice = format!(
            "if nothing in it matters, tag it {}={}, or use one whose name begins with {NAME}: see \
             harness/docs/dynamodb.md",
            TAG.0, TAG.1
        );
        return Err(refused(table, "it is not marked as one for tests", &advice));
    }
    match expiring_attribute(client, table).await {
        Some(attribute) if attribute != EXPIRY => {
            let why = format!("its TTL goes by {attribute}, and a lab's calendar lies in the past");
            Err(refused(table, &why, &format!("let its TTL go by {EXPIRY}, or switch it off")))
        }
        _ => Ok(()),
    }
}

fn refused(table: &str, why: &str, advice: &str) -> TierError {
    TierError::NotThere(format!("the table {table} is not touched: {why}; {advice}"))
}

fn has_the_keys(table: &TableDescription) -> bool {
    let keys = table.key_schema().iter().map(|key| (key.attribute_name(), key.key_type()));
    keys.eq([("PK", &KeyType::Hash), ("SK", &KeyType::Range)])
}

/// Emulators may know no tags, which is as good as having none.
async fn is_tagged(client: &Client, table: &TableDescription) -> bool {
    let Some(arn) = table.table_arn() else { return false };
    let Ok(tags) = client.list_tags_of_resource().resource_arn(arn).send().await else { return false };
    tags.tags().iter().any(|tag| (tag.key(), tag.value()) == TAG)
}

/// What the table's TTL goes by, if it is on. Emulators may know no TTL.
async fn expiring_attribute(client: &Client, table: &str) -> Option<String> {
    let told = client.describe_time_to_live().table_name(table).send().await.ok()?;
    let ttl = told.time_to_live_description?;
    let is_on = matches!(ttl.time_to_live_status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling));
    ttl.attribute_name.filter(|_| is_on)
}
