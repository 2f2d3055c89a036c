//! The table's keys and TTL, and the permissions.

use std::collections::BTreeSet;

use serde_json::json;

use crate::terraform::declared;
use crate::wire::seen;

#[tokio::test]
async fn keys_and_ttl_are_those_of_every_item_that_the_server_writes() -> anyhow::Result<()> {
    let table = declared().block("resource", &["aws_dynamodb_table", "cache"]);
    let attribute = |block: &crate::terraform::Block| (block.value("name"), block.value("type"));
    let attributes: Vec<_> = table.blocks("attribute", &[]).iter().map(attribute).collect();
    let (partition, sort) = (table.value("hash_key"), table.value("range_key"));
    assert_eq!(attributes, [(partition.clone(), json!("S")), (sort.clone(), json!("S"))]);
    let ttl = table.block("ttl", &[]);
    assert_eq!(ttl.value("enabled"), json!(true));
    let expiry = ttl.value("attribute_name");

    let seen = seen().await?;
    let items = seen.items();
    assert!(items.len() > 10, "only {} items were written", items.len());
    for item in items {
        for (name, of_type) in [(&partition, "S"), (&sort, "S"), (&expiry, "N")] {
            let value = &item[name.as_str().unwrap()][of_type];
            assert!(value.is_string(), "no {name} of type {of_type} in {item}");
        }
    }
    Ok(())
}

#[test]
fn the_table_costs_by_use_can_be_restored_and_is_encrypted() {
    let table = declared().block("resource", &["aws_dynamodb_table", "cache"]);
    assert_eq!(table.value("billing_mode"), json!("PAY_PER_REQUEST"));
    assert_eq!(table.block("point_in_time_recovery", &[]).value("enabled"), json!(true));
    // In Terraform's words: with the key that AWS owns, not with one in this account.
    assert_eq!(table.block("server_side_encryption", &[]).value("enabled"), json!(false));
    assert_eq!(table.value("name"), json!("prod-ohlc-cache"));
}

#[tokio::test]
async fn the_server_may_do_what_it_does_and_nothing_else() -> anyhow::Result<()> {
    let policy = declared().block("data", &["aws_iam_policy_document", "server"]);
    let [statement] = &policy.blocks("statement", &[])[..] else { panic!("one statement is enough") };
    assert_eq!(statement.value("resources"), json!(["the table"]));
    let allowed = statement.value("actions");
    let allowed: BTreeSet<&str> = allowed.as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect();

    let seen = seen().await?;
    let used: BTreeSet<String> = seen.operations().iter().map(|operation| format!("dynamodb:{operation}")).collect();
    assert_eq!(allowed, used.iter().map(String::as_str).collect());
    Ok(())
}
