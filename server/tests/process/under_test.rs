//! What a process does for tests, when it is built for them, and what it knows of that when it is not.

use crate::binary::Binary;
#[cfg(not(feature = "test-controls"))]
use crate::client::get;

#[cfg(feature = "test-controls")]
#[test]
fn it_follows_the_clock_that_it_is_given() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("now");
    std::fs::write(&path, "2026-02-03T22:00:00.000000Z").unwrap();
    let server = Binary::start_with(&[("OHLC_TEST_CLOCK_FILE", path.to_str().unwrap())]);
    server.address();
    std::fs::write(&path, "2026-02-04T14:30:00.000000Z").unwrap();
    let ended = server.terminate();
    assert!(ended.stdout.contains(r#"{"timestamp":"2026-02-04T14:30:00.000000Z""#), "{ended:?}");
}

#[cfg(feature = "test-controls")]
#[test]
fn a_clock_that_tells_no_time_is_refused() {
    for path in ["/nonexistent/clock", env!("CARGO_TARGET_TMPDIR")] {
        let refused = Binary::start_with(&[("OHLC_TEST_CLOCK_FILE", path)]).ends();
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused:?}");
        assert!(refused.stderr.contains("OHLC_TEST_CLOCK_FILE") && refused.stderr.contains(path), "{refused:?}");
    }
}

#[cfg(feature = "test-controls")]
#[test]
fn it_ends_with_its_standard_input_when_it_is_told_to() {
    // Which is at its end from the beginning.
    let ended = Binary::start_with(&[("OHLC_TEST_ENDS_WITH_STDIN", "yes")]).ends();
    assert_eq!(ended.code, Some(1), "{ended:?}");
}

#[cfg(not(feature = "test-controls"))]
#[test]
fn built_for_production_it_knows_nothing_of_tests() {
    let path = "/nonexistent/clock";
    let server = Binary::start_with(&[("OHLC_TEST_CLOCK_FILE", path), ("OHLC_TEST_ENDS_WITH_STDIN", "yes")]);
    let address = server.address();
    for path in ["/test/drop-l1", "/test/idle", "/test/log"] {
        assert_eq!(get(address, path).0, 404, "{path}");
    }
    assert_eq!(server.terminate().code, Some(0));
}
