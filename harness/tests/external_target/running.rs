//! A server that runs already is led to each lab in turn, and restarted for it.

use std::net::TcpListener;
use std::sync::Arc;

use harness::Unsupported;
use harness::dynamodb::{Endpoint, Table, Tier};
use harness::targets::Target;
use harness::{Lab, Stop};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::described::{Written, file};

/// A port that nobody listens on for the moment.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A file for a double that runs already, and where it looks for DynamoDB.
fn described(server: &MockServer, table: &str) -> (Written, String) {
    let [dynamodb, tiingo] = [port(), port()].map(|port| format!("127.0.0.1:{port}"));
    let text = format!(
        "[running]\nurl = \"{}\"\nready = \"/healthz\"\ntable = \"{table}\"\ndynamodb = \"{dynamodb}\"\n\
         tiingo = \"{tiingo}\"\n[controls]\nrestart = {{ http = \"POST /restart\" }}\n\
         clock = {{ http = \"POST /clock\", body = \"{{now}}\" }}\n",
        server.uri()
    );
    (file(&text), dynamodb)
}

async fn double() -> MockServer {
    let server = MockServer::start().await;
    for known in ["/healthz", "/restart", "/clock"] {
        Mock::given(path(known)).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    }
    server
}

async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests
        .iter()
        .map(|request| format!("{} {}", request.url.path(), String::from_utf8_lossy(&request.body)).trim().to_owned())
        .collect()
}

#[tokio::test]
async fn it_is_restarted_told_the_time_and_led_to_the_lab() {
    let server = double().await;
    let (written, dynamodb) = described(&server, "candlecheck-lab");
    let target: Arc<dyn Target> = Arc::new(written.read().unwrap());
    for _ in 0..2 {
        let mut lab = Lab::open(Arc::clone(&target), &Tier::embedded(), 7).await.unwrap();
        lab.server().await.unwrap();
        lab.time_is("2026-02-04T14:30:00Z");
        let told = ["/restart", "/healthz", "/clock 2026-02-03T22:00:00Z", "/clock 2026-02-04T14:30:00Z"];
        assert_eq!(asked(&server).await, told);
        server.reset().await;
        for known in ["/healthz", "/restart", "/clock"] {
            Mock::given(path(known)).respond_with(ResponseTemplate::new(200)).mount(&server).await;
        }
        let endpoint = Endpoint::at(format!("http://{dynamodb}"));
        let there = Table::existing(&endpoint, "candlecheck-lab");
        assert_eq!(there.items().await.unwrap(), [], "through the address at which the server looks");
        assert_eq!(lab.journal.len(), 1, "the fault proxy has seen it");

        let second = lab.another_server().await.err();
        assert_eq!(second, Some(Stop::Unsupported("several instances".into())));
        let with = lab.another_server_with([("TZ", "Asia/Tokyo")]).await.err();
        assert!(matches!(with, Some(Stop::Unsupported(_))), "{with:?}");
        lab.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_lab_with_another_table_is_nothing_for_it() {
    let (written, _) = described(&double().await, "their-table");
    let refused = written.read().unwrap();
    let mut lab = Lab::open(Arc::new(refused), &Tier::embedded(), 7).await.unwrap();
    let lacks = lab.server().await.err();
    assert_eq!(lacks, Some(Stop::from(Unsupported("a table of the name candlecheck-lab".into()))));
    lab.close().await.unwrap();
}
