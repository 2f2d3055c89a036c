//! `verify --target FILE.toml`: what the report says of a server that is not ours, and that nothing of it is left.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::binary::{Binary, Ended, PATIENCE};

const PATHS: [(&str, &str); 1] = [("PATH", "/usr/bin:/bin")];

/// A file for a shell script that says that it listens there, and leaves its number in the file's folder.
fn described(folder: &Path, address: &str) -> PathBuf {
    let script = format!("echo $$ > number; echo '{{\\\"address\\\": \\\"{address}\\\"}}'; exec sleep 600");
    let text = format!(
        "name = \"a stranger\"\n[start]\ncommand = [\"sh\", \"-c\", \"{script}\"]\ncontract_settings = true\n\
         address_in_log = \"address\"\n[start.environment]\nNOW = \"{{now}}\"\n"
    );
    let file = folder.join("server.toml");
    std::fs::write(&file, text).unwrap();
    file
}

fn verify(file: &Path, more: &[&str]) -> Ended {
    let arguments = ["verify", "--target", file.to_str().unwrap()];
    Binary::start(&[&arguments, more].concat(), &PATHS).ends()
}

#[test]
fn a_report_on_a_server_that_is_not_ours_says_why_there_are_no_proofs_and_what_was_not_run() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens there, so it answers nothing.
    let file = described(folder.path(), "127.0.0.1:9");
    let run = verify(&file, &["--only", "A3,C6,D2"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for words in [
        "server a stranger, which is not ours",
        "FAILED   A3",
        "the target lacks clock control",
        "proofs were not run (defects cannot be injected into a server that is not ours)",
        &format!("run it again: cargo run -- verify --target {} --only A3", file.display()),
    ] {
        assert!(run.stdout.contains(words), "no {words:?} in {}", run.stdout);
    }
    let run = verify(&file, &["--only", "C6", "--format", "json"]);
    assert_eq!(run.code, Some(3), "nothing ran: {run:?}");
    let report = run.json();
    assert_eq!(report["no_proofs"], "defects cannot be injected into a server that is not ours");
    assert_eq!(report["scenarios"][0]["outcome"], "not run");
}

#[test]
fn a_file_that_describes_no_server_is_refused_with_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    for (text, code, says) in [
        ("name = \"a\"\n[begin]\n", 2, "unknown field `begin`, expected one of"),
        ("name = \"a\"\n", 2, "server.toml: start: is missing: say how the server is started"),
        (
            "name = \"a\"\n[start]\ncommand = [\"python9\"]\nready = \"/\"\n",
            3,
            "start.command wants python9, which is not there",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let run = verify(&file, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(code), ""), "{run:?}");
        assert!(run.stderr.contains(says), "no {says:?} in {run:?}");
    }
    let missing = verify(&folder.path().join("missing.toml"), &[]);
    assert_eq!(missing.code, Some(3), "{missing:?}");
    assert!(missing.stderr.contains("missing.toml cannot be read"), "{missing:?}");
}

#[test]
fn a_level_of_the_log_that_it_cannot_be_told_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = described(folder.path(), "127.0.0.1:9");
    let text = std::fs::read_to_string(&file).unwrap();
    let told = "contract_settings = true\n";
    let settings = "TABLE = \"{table}{dynamodb_url}{tiingo_url}\"\n";
    std::fs::write(&file, text.replace(told, "") + settings).unwrap();
    let run = verify(&file, &["--log", "trace", "--only", "A3"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("does not pass the log level to the server: use {OHLC_LOG} in it"), "{run:?}");
}

fn is_there(number: &str) -> bool {
    Command::new("sh").args(["-c", "kill -0 \"$1\" 2> /dev/null", "kill", number]).status().unwrap().success()
}

#[test]
fn a_server_that_is_not_ours_ends_with_a_candlecheck_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    // Whoever asks there waits.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let file = described(folder.path(), &silent.local_addr().unwrap().to_string());
    let running = Binary::start(&["verify", "--only", "A3", "--target", file.to_str().unwrap()], &PATHS);
    let (_client, _) = silent.accept().unwrap();
    let number = std::fs::read_to_string(folder.path().join("number")).unwrap();
    assert!(is_there(number.trim()));
    drop(running); // SIGKILL
    let killed = Instant::now();
    while is_there(number.trim()) && killed.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!is_there(number.trim()), "{number} is left behind");
}
