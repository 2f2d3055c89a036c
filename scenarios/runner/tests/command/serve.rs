//! `serve`: the three ways of an answer, across a restart too, and what it says when it cannot start.

use std::net::TcpListener;
use std::path::Path;

use crate::binary::{Binary, Ended};
use crate::client::{get, post};

const GOOG: &str = "/api/v2/tickers/GOOG/ohlc?start_date=2012-01-03&end_date=2012-12-31";

fn serve(data: &Path) -> Binary {
    Binary::start(&["serve", "--port", "0", "--data", data.to_str().unwrap()], &[])
}

#[test]
fn an_answer_comes_from_the_provider_then_memory_then_the_table_and_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("table.db");

    let first = serve(&data);
    let address = first.address();
    let fresh = get(address, GOOG);
    let candles = fresh.candles_from("tiingo");
    assert_eq!(candles.matches(r#""date""#).count(), 250, "sessions of 2012");
    assert_eq!(get(address, GOOG).candles_from("in-memory"), candles);
    // A slow table does not hold up the client, so what it saw may still be on its way there.
    assert_eq!(post(address, "/test/idle").body, r#"{"idle":true}"#);
    assert_eq!(post(address, "/test/drop-l1").body, r#"{"dropped":1}"#);
    assert_eq!(get(address, GOOG).candles_from("dynamodb"), candles);
    assert_eq!(get(address, GOOG).candles_from("in-memory"), candles);
    let ended = first.terminate();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.stderr.contains("all requests and writes are finished"), "{ended:?}");
    TcpListener::bind(address).expect("its port is free again");

    let second = serve(&data);
    let address = second.address();
    assert_eq!(get(address, GOOG).candles_from("dynamodb"), candles);
    assert_eq!(get(address, GOOG).candles_from("in-memory"), candles);
    assert_eq!(second.terminate().code, Some(0));
}

/// It did not start: this code, nothing on standard output, and these words.
fn refused(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{ended:?}");
    for words in words {
        assert!(ended.stderr.contains(words), "no {words:?} in {ended:?}");
    }
}

#[test]
fn a_taken_port_is_named_with_what_to_do_and_no_file_is_left() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("table.db");
    let port = address.port().to_string();
    let ended = Binary::start(&["serve", "--port", &port, "--data", data.to_str().unwrap()], &[]).ends();
    refused(
        &ended,
        3,
        &[&format!("cannot listen on {address}"), "stop the program that listens there", "another --port"],
    );
    assert!(!data.exists());
}

#[test]
fn bad_settings_are_named_and_no_file_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("table.db");
    let arguments = ["serve", "--port", "0", "--data", data.to_str().unwrap()];
    let bad = [("OHLC_CEILING", "soon"), ("OHLC_LOCK_LEASE", "7s"), ("OHLC_LOG", "=loud=er")];
    let ended = Binary::start(&arguments, &bad).ends();
    refused(&ended, 2, &["OHLC_CEILING does not parse", "OHLC_LOCK_LEASE is too short", "OHLC_LOG=info"]);
    assert!(!data.exists());
}

#[test]
fn a_file_that_cannot_hold_the_table_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary.txt");
    std::fs::write(&diary, "not a database, but dear to somebody").unwrap();
    let missing = folder.path().join("missing").join("table.db");
    for data in [diary.as_path(), missing.as_path(), folder.path()] {
        let named = format!("cannot keep the table in {}", data.display());
        refused(&serve(data).ends(), 3, &[&named, "name a new file in a folder that exists"]);
    }
    assert_eq!(std::fs::read_to_string(&diary).unwrap(), "not a database, but dear to somebody");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something is left behind");
}
