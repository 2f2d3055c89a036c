//! Controls do what they say, as an HTTP call or as a command, and say so when they fail.

use harness::Need;
use harness::targets::Target;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::described::{START, Written, file, launch};

/// Controls as commands, which leave behind what they were given.
const COMMANDS: &str = r#"
[controls]
clock = { command = ["sh", "-c", "echo \"$1\" >> clock", "clock", "{now}"] }
drop_l1 = { command = ["sh", "-c", "echo \"$1 $2\" >> dropped", "drop", "{url}", "{admin_token}"] }
idle = { command = ["sh", "-c", "echo not yet >&2; exit 4"] }
"#;

fn left(written: &Written, name: &str) -> String {
    std::fs::read_to_string(written.beside(name)).unwrap_or_default()
}

#[tokio::test]
async fn a_command_is_given_what_it_asks_for_and_the_time_before_anything_else_happens() {
    let written = file(&format!("{START}{COMMANDS}"));
    let stranger = written.read().unwrap();
    assert!(stranger.can().contains(&Need::Clock) && stranger.can().contains(&Need::DropL1));
    let launch = launch();
    let instance = stranger.start(launch.clone()).await.unwrap();
    assert_eq!(left(&written, "clock"), "2026-02-03T22:00:00Z\n");
    launch.clock.set("2026-02-04T14:30:00.5Z".parse().unwrap());
    assert_eq!(left(&written, "clock"), "2026-02-03T22:00:00Z\n2026-02-04T14:30:00.500Z\n");
    instance.drop_l1().await.unwrap();
    assert_eq!(left(&written, "dropped"), "http://127.0.0.1:9 candlecheck-admin-token\n");
    let cause = format!("{:#}", instance.idle().await.unwrap_err());
    assert!(cause.contains("exit status: 4") && cause.contains("not yet"), "{cause}");

    // One that is gone is told nothing more.
    drop(instance);
    launch.clock.set("2026-02-05T14:30:00Z".parse().unwrap());
    assert_eq!(left(&written, "clock").lines().count(), 2);
}

#[tokio::test]
async fn a_clock_that_cannot_be_set_is_no_fault_of_the_server() {
    let written = file(&format!("{START}[controls]\nclock = {{ command = [\"sh\", \"-c\", \"exit 4\"] }}\n"));
    let cause = format!("{:#}", written.read().unwrap().start(launch()).await.err().unwrap());
    assert!(cause.contains("exit status: 4"), "{cause}");
}

/// A start whose script says that it listens where a double does.
fn at(server: &MockServer, controls: &str) -> String {
    START.replace("127.0.0.1:9", &server.address().to_string()) + controls
}

#[tokio::test]
async fn a_call_has_the_method_the_path_the_headers_and_the_body_that_the_file_says() {
    let server = MockServer::start().await;
    let asked = Mock::given(method("PUT")).and(path("/test/forget")).and(header("x-admin", "candlecheck-admin-token"));
    asked.and(body_string("{\"all\": true}")).respond_with(ResponseTemplate::new(204)).expect(1).mount(&server).await;
    let controls = r#"
[controls]
drop_l1 = { http = "PUT /test/forget", headers = { X-Admin = "{admin_token}" }, body = '{"all": true}' }
idle = { http = "POST /test/idle" }
"#;
    let written = file(&at(&server, controls));
    let instance = written.read().unwrap().start(launch()).await.unwrap();
    instance.drop_l1().await.unwrap();
    let cause = format!("{:#}", instance.idle().await.unwrap_err());
    assert!(cause.contains("POST /test/idle answers 404"), "{cause}");
}

#[tokio::test]
async fn a_log_is_read_as_far_as_a_mark_that_the_server_was_told_to_write() {
    let script = r#"
[start]
command = ["sh", "-c", "echo '{\"address\": \"127.0.0.1:9\"}'; echo a word >&2; tail -n +1 -f lines"]
contract_settings = true
address_in_log = "address"
[start.environment]
NOW = "{now}"
[observe]
log = "stdout"
[controls]
log = { command = ["sh", "-c", "echo before >> lines; echo \"$1\" >> lines", "log", "{line}"] }
"#;
    let written = file(script);
    std::fs::write(written.beside("lines"), "").unwrap();
    let stranger = written.read().unwrap();
    assert!(stranger.can().contains(&Need::Logs));
    let instance = stranger.start(launch()).await.unwrap();
    instance.log_caught_up().await.unwrap();
    assert_eq!(instance.logs(), "{\"address\": \"127.0.0.1:9\"}\nbefore\n");
}
