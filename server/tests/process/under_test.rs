//! What a process does for tests where it is the program for that; and that the other one knows nothing of it, whatever it
//! was built with.

#[cfg(feature = "test-controls")]
use std::process::Command;

use crate::binary::Binary;
#[cfg(feature = "test-controls")]
use crate::binary::{Ended, GOOD, PATIENCE};
#[cfg(feature = "test-controls")]
use crate::child::Child;
use crate::client::{get, post};

/// The program for tests, with good settings and these on top.
#[cfg(feature = "test-controls")]
fn under_test(variables: &[(&str, &str)]) -> Binary {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ohlc-server-under-test"));
    let variables = GOOD.iter().chain(variables).copied().chain([("OHLC_TEST_CONTROLS", "yes")]);
    Binary::of(Child::start(command.env_clear().envs(variables), PATIENCE))
}

#[cfg(feature = "test-controls")]
#[test]
fn it_says_what_it_is_and_is_controlled() {
    let server = under_test(&[]);
    assert_eq!(post(server.address(), "/test/drop-l1").0, 200);
    let Ended { code, stderr, .. } = server.terminate();
    assert_eq!(code, Some(0));
    assert!(stderr.contains("this is the server for tests: whoever reaches it controls it"), "{stderr}");
}

#[cfg(feature = "test-controls")]
#[test]
fn it_follows_the_clock_that_it_is_given() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("now");
    std::fs::write(&path, "2026-02-03T22:00:00.000000Z").unwrap();
    let server = under_test(&[("OHLC_TEST_CLOCK_FILE", path.to_str().unwrap())]);
    server.address();
    std::fs::write(&path, "2026-02-04T14:30:00.000000Z").unwrap();
    let ended = server.terminate();
    assert!(ended.stdout.contains(r#"{"timestamp":"2026-02-04T14:30:00.000000Z""#), "{ended:?}");
}

#[cfg(feature = "test-controls")]
#[test]
fn a_clock_that_tells_no_time_is_refused() {
    for path in ["/nonexistent/clock", env!("CARGO_TARGET_TMPDIR")] {
        let refused = under_test(&[("OHLC_TEST_CLOCK_FILE", path)]).ends();
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused:?}");
        assert!(refused.stderr.contains("OHLC_TEST_CLOCK_FILE") && refused.stderr.contains(path), "{refused:?}");
    }
}

#[cfg(feature = "test-controls")]
#[test]
fn it_ends_with_its_standard_input_when_it_is_told_to() {
    // Which is at its end from the beginning.
    let ended = under_test(&[("OHLC_TEST_ENDS_WITH_STDIN", "yes")]).ends();
    assert_eq!(ended.code, Some(1), "{ended:?}");
}

/// Also in a build that has them for the other program, as `cargo build` in the root of the workspace makes it.
#[test]
fn the_server_knows_nothing_of_tests() {
    let path = "/nonexistent/clock";
    let told = [("OHLC_TEST_CLOCK_FILE", path), ("OHLC_TEST_ENDS_WITH_STDIN", "yes"), ("OHLC_TEST_CONTROLS", "yes")];
    let server = Binary::start_with(&told);
    let address = server.address();
    for path in ["/test/drop-l1", "/test/fail", "/test/idle", "/test/log"] {
        assert_eq!([get(address, path).0, post(address, path).0], [404, 404], "{path}");
    }
    let ended = server.terminate();
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}
