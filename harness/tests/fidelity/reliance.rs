//! What a caller relies on is read from its wire, and with it whether it can be trusted.

use harness::dynamodb::{Endpoint, Item, Table};
use harness::faults::{ErrorAnswer, FaultProxy, on};
use harness::fidelity::{Accepted, Coverage, Outcome, Reliance, Trust, lab_calls, operations};
use harness::observe::journal::{Exchange, Journal, Peer};
use serde_json::json;

use crate::world::World;

fn call(operation: &str, request: serde_json::Value, fault: Option<&str>) -> Vec<Exchange> {
    let journal = Journal::default();
    let number = journal.begin(Peer::DynamoDb, operation, "", request);
    if let Some(fault) = fault {
        journal.fault(number, fault);
    }
    journal.answer(number, 200, json!({"Items": [], "Count": 0}));
    journal.all()
}

fn window() -> serde_json::Value {
    json!({"TableName": "t", "KeyConditionExpression": "PK = :p AND SK BETWEEN :a AND :b", "ConsistentRead": true})
}

#[tokio::test]
async fn a_call_relies_on_what_asks_for_nothing_beyond_it() {
    let world = World::named("one", "other").await;
    let names = ["query-empty", "query-window-of-nothing", "query-reversed", "put-new"];
    let findings = world.find(&names, &Accepted::default()).await;
    let coverage = Coverage::of(&findings);
    let reliance = coverage.reliance("A1", &call("Query", window(), None), None);
    let relied: Vec<_> = reliance.operations.iter().copied().collect();
    assert_eq!(relied, ["query-empty", "query-window-of-nothing"]);
    assert_eq!((reliance.lacking.len(), reliance.faulted), (0, 0));
    assert_eq!(reliance.trust(&findings), Trust::Trusted);
    world.end().await;
}

#[tokio::test]
async fn what_no_operation_covers_is_told() {
    let world = World::named("one", "other").await;
    let findings = world.find(&["query-empty"], &Accepted::default()).await;
    let mut request = window();
    request["Novelty"] = json!(true);
    let reliance = Coverage::of(&findings).reliance("A1", &call("Query", request, None), None);
    let Trust::Untested(lacking) = reliance.trust(&findings) else { panic!("{:?}", reliance.trust(&findings)) };
    assert_eq!(lacking, ["Query KeyCondition AND", "Query KeyCondition BETWEEN", "Query with Novelty"]);
    world.end().await;
}

#[tokio::test]
async fn of_a_call_that_a_fault_met_only_the_request_counts() {
    let world = World::named("one", "other").await;
    let findings = world.find(&["query-window-bare"], &Accepted::default()).await;
    let coverage = Coverage::of(&findings);
    let faulted = coverage.reliance("A1", &call("Query", window(), Some("a fault")), None);
    assert_eq!((faulted.lacking.len(), faulted.faulted), (0, 1));
    let plain = coverage.reliance("A1", &call("Query", window(), None), None);
    assert_eq!(plain.lacking.iter().collect::<Vec<_>>(), ["Query that finds nothing"]);
    world.end().await;
}

#[tokio::test]
async fn trust_goes_by_what_became_of_the_operations() {
    let trust = async |fault: Option<ErrorAnswer>, why: Option<&str>| {
        let world = match fault {
            Some(fault) => World::with(on("Query"), fault).await,
            None => World::named("one", "other").await,
        };
        let accepted = why.map_or_else(Accepted::default, |why| {
            let shows = r#"[["1. Query: Count", "0", "absent"], ["1. Query: Items", "[]", "absent"],
                ["1. Query: ScannedCount", "0", "absent"], ["1. Query: status", "200", "400"],
                ["1. Query: __type", "absent", "ProvisionedThroughputExceededException"]]"#;
            let part = "[[difference]]\noperation = \"query-empty\"\nsides = [\"one\", \"other\"]";
            Accepted::read(&format!("{part}\nshows = {shows}\n{why} = \"a test\"")).unwrap()
        });
        let findings = world.find(&["query-empty"], &accepted).await;
        world.end().await;
        let request = json!({"KeyConditionExpression": "PK = :p", "ConsistentRead": true});
        Coverage::of(&findings).reliance("A1", &call("Query", request, None), None).trust(&findings)
    };
    assert_eq!(trust(None, None).await, Trust::Trusted);
    assert_eq!(trust(Some(ErrorAnswer::throttled()), None).await, Trust::Differs(vec!["query-empty"]));
    assert_eq!(trust(Some(ErrorAnswer::throttled()), Some("why")).await, Trust::Trusted);
    assert_eq!(trust(Some(ErrorAnswer::throttled()), Some("mind")).await, Trust::Minding(vec!["query-empty"]));
    let unknown = Coverage::of(&[]).reliance("A1", &[], Some("not run".into()));
    assert_eq!(unknown.trust(&[]), Trust::Unknown("not run".into()));
}

#[tokio::test]
async fn the_battery_covers_what_the_lab_itself_asks_for() {
    let world = World::named("one", "other").await;
    let (all, accepted) = (operations::all(), Accepted::default());
    let findings = world.battery(&all, &accepted).run(|_| ()).await;
    assert!(findings.iter().all(|finding| finding.outcome == Outcome::Agree));
    let calls = lab_calls().await.unwrap();
    let Reliance { lacking, operations, .. } = Coverage::of(&findings).reliance("lab", &calls, None);
    assert!(lacking.is_empty(), "{lacking:?}");
    for operation in ["create-table", "scan-whole", "put-new", "ttl-enabled", "delete-table"] {
        assert!(operations.contains(operation), "{operation} is not among {operations:?}");
    }
    world.end().await;
}

#[tokio::test]
async fn a_table_s_own_calls_pass_the_wire_as_a_server_s_do() {
    let world = World::named("one", "other").await;
    let findings = world.find(&["put-new", "query-partition"], &Accepted::default()).await;
    let (journal, tier) = (Journal::default(), harness::dynamodb::Embedded::in_memory(|| 0).unwrap());
    let proxy = FaultProxy::start(tier.endpoint(), journal.clone(), 1).await.unwrap();
    let table = Table::create(&Endpoint::at(proxy.url()), "lab-table").await.unwrap();
    table.put(Item::keyed("1", "1").with_n("open", "1.5").with_bool("is_closed", true)).await.unwrap();
    let reliance = Coverage::of(&findings).reliance("A1", &journal.all(), None);
    assert_eq!(reliance.operations.iter().collect::<Vec<_>>(), [&"put-new"]);
    proxy.stop().await;
    tier.stop().await.unwrap();
    world.end().await;
}
