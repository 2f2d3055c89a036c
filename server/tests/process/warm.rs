//! `warm`, where nothing can be warmed: it tells of each key, and says so in the end with its exit code.

use std::ffi::OsStr;

use crate::binary::{Binary, Ended, GOOD};

fn warm(arguments: &[&str]) -> Ended {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    Binary::start(&arguments, GOOD.iter().copied().chain([("OHLC_BATCH_BACKOFF", "1ms")])).ends()
}

#[test]
fn what_could_not_be_warmed_is_told_key_by_key_and_in_the_exit_code() {
    let ended = warm(&["warm"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert_eq!(lines.len(), 22, "{ended:?}");
    for (line, key) in lines.iter().zip(["ohlc:AAPL:D:1M:", "ohlc:AAPL:5:1M:", "ohlc:AAPL:15:1M:", "ohlc:MSFT:D:1M:"]) {
        assert!(line.contains(key) && line.contains("could not be warmed: "), "no {key} in {line}");
    }
    assert!(lines[21].ends_with("21 keys: 0 fetched, 0 warm already, 21 could not be warmed"), "{ended:?}");
    assert!(!ended.stderr.contains("OHLC_API_TOKENS"), "nobody needs to log in here: {ended:?}");
}

#[test]
fn the_tickers_can_be_named_and_one_that_is_none_is_told() {
    let ended = warm(&["warm", "--tickers", "brk.b, 1234"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for words in
        ["ohlc:BRK.B:D:1M:", "1234 at 15: could not be warmed: ticker `1234` is not valid", "6 keys: 0 fetched"]
    {
        assert!(ended.stderr.contains(words), "no {words:?} in {ended:?}");
    }
}

#[test]
fn a_table_that_takes_nothing_is_not_warm_though_the_provider_answers() {
    let (url, asked) = crate::client::provider("[]");
    let variables = GOOD.iter().copied().chain([("OHLC_BATCH_BACKOFF", "1ms"), ("TIINGO_BASE_URL", url.as_str())]);
    let arguments = ["warm", "--tickers", "F"].map(OsStr::new);
    let ended = Binary::start(&arguments, variables).ends();
    asked.join().expect("the provider was asked");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("tiingo answered, but the table"), "{ended:?}");
}

#[test]
fn wrong_usage_of_warm_is_told_as_such() {
    for arguments in [&["warm", "--tickers"][..], &["warm", "--tickers", " "], &["warm", "AAPL"], &["warm", "--all"]] {
        let refused = warm(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{arguments:?}: {refused:?}");
    }
}
