//! `verify --dynamodb`: what is needed and not there, and what it says before it starts.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use harness::dynamodb::{Embedded, Table};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::binary::{Binary, PATIENCE, candlecheck};

#[test]
fn without_docker_it_says_what_to_do() {
    // What its own program says (harness/container/tests/absence.rs), which Cargo would build.
    let folder = tempfile::tempdir().unwrap();
    let program = script(folder.path(), "program", r#"echo '{"missing": "there is no Docker: install it"}'; exit 1"#);
    let built = json!({
        "reason": "compiler-artifact",
        "target": { "name": "candlecheck-container" },
        "executable": program,
    });
    let cargo = script(folder.path(), "cargo", &format!("echo '{built}'"));
    for arguments in [&["verify", "--dynamodb", "container", "--only", "A3"][..], &["image"]] {
        let run = Binary::start(arguments, &[("CARGO", &cargo)]).ends();
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert_eq!(run.stderr, "candlecheck: there is no Docker: install it\n");
    }
}

/// A program of these lines, and its path.
fn script(folder: &Path, name: &str, lines: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn without_credentials_or_a_region_aws_is_not_asked() {
    let nobody = [("HOME", "/nonexistent"), ("AWS_EC2_METADATA_DISABLED", "true")];
    let run = Binary::start(&["verify", "--dynamodb", "aws", "--only", "A3"], &nobody).ends();
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.stderr.contains("no AWS region") && run.stderr.contains("AWS_REGION"), "{run:?}");
    let somewhere = [nobody[0], nobody[1], ("AWS_REGION", "eu-central-1")];
    let run = Binary::start(&["verify", "--dynamodb", "aws", "--only", "A3"], &somewhere).ends();
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.stderr.contains("no AWS credentials") && run.stderr.contains("AWS_PROFILE"), "{run:?}");
}

#[test]
fn a_table_of_one_s_own_is_priced_used_and_left_empty() {
    let runtime = Runtime::new().unwrap();
    let theirs = runtime.block_on(async {
        let tier = Embedded::in_memory(|| 0).unwrap();
        Table::create(tier.endpoint(), "candlecheck-test").await.unwrap();
        Table::create(tier.endpoint(), "production").await.unwrap();
        tier
    });
    let url = &theirs.endpoint().url;
    let run = candlecheck(&["verify", "--dynamodb", url, "--only", "A3,A7", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.json()["tier"], json!(format!("table candlecheck-test at {url}")));
    for words in ["runs of scenarios on table candlecheck-test", "on demand in us-east-1", "it took about"] {
        assert!(run.stderr.contains(words), "no {words:?} in {run:?}");
    }
    let items = runtime.block_on(Table::existing(theirs.endpoint(), "candlecheck-test").items()).unwrap();
    assert_eq!(items, [], "something is left");

    let run = candlecheck(&["verify", "--dynamodb", url, "--table", "production", "--only", "A3"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
    assert!(run.stderr.contains("the table production is not touched"), "{run:?}");
    runtime.block_on(theirs.stop()).unwrap();
}

/// Where the SDK would look: an emulator stands there for DynamoDB.
#[test]
fn aws_is_where_the_environment_says() {
    let runtime = Runtime::new().unwrap();
    let theirs = runtime.block_on(async {
        let tier = Embedded::in_memory(|| 0).unwrap();
        Table::create(tier.endpoint(), "candlecheck-test-eu").await.unwrap();
        tier
    });
    let variables = [
        ("HOME", "/nonexistent"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDUSER"),
        ("AWS_SECRET_ACCESS_KEY", "users-secret"),
        ("AWS_ENDPOINT_URL", theirs.endpoint().url.as_str()),
    ];
    let run = ["verify", "--dynamodb", "aws", "--table", "candlecheck-test-eu", "--only", "A3", "--seed", "7"];
    let run = Binary::start(&run, &variables).ends();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("table candlecheck-test-eu at http://127.0.0.1"), "{run:?}");
    assert!(!format!("{run:?}").contains("users-secret"));
    runtime.block_on(theirs.stop()).unwrap();
}

#[test]
fn ctrl_c_leaves_nothing_in_a_table_of_one_s_own() {
    let runtime = Runtime::new().unwrap();
    let theirs = runtime.block_on(async {
        let tier = Embedded::in_memory(|| 0).unwrap();
        Table::create(tier.endpoint(), "candlecheck-test").await.unwrap();
        tier
    });
    let table = Table::existing(theirs.endpoint(), "candlecheck-test");
    let run = Binary::start(&["verify", "--dynamodb", &theirs.endpoint().url], &[]);
    runtime.block_on(async {
        let written = async { while table.items().await.unwrap().is_empty() {} };
        tokio::time::timeout(PATIENCE, written).await.unwrap();
    });
    let ended = run.terminate();
    assert_eq!(ended.code, Some(128 + 15), "{ended:?}");
    assert!(ended.stderr.contains("interrupted; removing what the run has left"), "{ended:?}");
    assert_eq!(runtime.block_on(table.items()).unwrap(), [], "something is left");
    runtime.block_on(theirs.stop()).unwrap();
}

/// Nobody is held to a number that depends on the machine; it is told.
#[test]
fn a_report_tells_what_the_start_of_its_tier_cost() {
    let run = candlecheck(&["verify", "--only", "A3", "--no-proofs", "--format", "json"]);
    let cost = run.json()["tier_start_up_us"].as_u64().map(Duration::from_micros);
    eprintln!("embedded: a database with its table is up in {cost:?}");
    assert!(cost.is_some_and(|cost| !cost.is_zero()), "{run:?}");
}
