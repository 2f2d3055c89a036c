//! Sides start when they can, say what to do when they cannot, and leave nothing behind.

use harness::dynamodb::Embedded;
use harness::fidelity::{SideChoice, SideError, Started, Wire};
use serde_json::json;

async fn refusal(choice: &str) -> String {
    let choice: SideChoice = choice.parse().unwrap();
    match Started::new(&choice, "test".into(), Some("/nonexistent:/nowhere"), |_| ()).await {
        Err(SideError::NotThere(advice)) => advice,
        Err(SideError::Broken(cause)) => panic!("{cause:#}"),
        Ok(_) => panic!("{choice} is there"),
    }
}

#[tokio::test]
async fn a_side_that_is_not_there_says_what_to_do() {
    assert!(refusal("dynalite").await.contains("npm install --global dynalite"));
    assert!(refusal("moto").await.contains("pip install 'moto[server]'"));
    // The port of a listener that is gone.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let down = refusal(&format!("http://{gone}")).await;
    assert!(down.contains("did not answer CreateTable") && down.contains("see that it runs"), "{down}");
}

#[test]
fn a_side_is_chosen_by_its_name_or_by_a_url() {
    for name in ["embedded", "container", "dynalite", "moto", "aws", "http://127.0.0.1:8000"] {
        let choice: SideChoice = name.parse().unwrap();
        assert_eq!(choice.to_string(), name);
    }
    assert_eq!("http://127.0.0.1:8000".parse::<SideChoice>().unwrap().word(), "endpoint");
    assert!("floppy".parse::<SideChoice>().unwrap_err().contains("dynalite"));
}

#[tokio::test]
async fn an_endpoint_keeps_its_own_tables_and_loses_the_run_s() {
    let tier = Embedded::in_memory(|| 0).unwrap();
    let url = tier.endpoint().url.clone();
    let wire = Wire::to(url.as_str()).unwrap();
    let key = json!([{"AttributeName": "PK", "KeyType": "HASH"}]);
    let table = |name: &str| {
        json!({
            "TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": key,
            "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
        })
    };
    let create = async |name: &str| wire.call("CreateTable", table(name).to_string()).await.unwrap();
    create("somebody-elses").await;
    let started = Started::new(&SideChoice::Endpoint(url), "test-run".into(), None, |_| ()).await.unwrap();
    create("test-run-left-by-an-operation").await;
    started.end().await.unwrap();
    let tables = wire.call("ListTables", "{}".into()).await.unwrap();
    assert_eq!(tables.body["TableNames"], json!(["somebody-elses"]));
    drop(wire);
    tier.stop().await.unwrap();
}
