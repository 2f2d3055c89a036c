//! Arguments: help, version, and nothing else.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use ohlc_server::Policies;

use crate::binary::{Binary, Ended};

fn run(arguments: &[&OsStr]) -> Ended {
    Binary::start(arguments, [("OHLC_CACHE_TABLE", "process-test")]).ends()
}

/// The contract's settings; those of the rules come on top.
const SETTINGS: [&str; 18] = [
    "OHLC_CACHE_TABLE",
    "TIINGO_API_KEY",
    "TIINGO_API_KEY_FILE",
    "FINNHUB_API_KEY",
    "FINNHUB_API_KEY_FILE",
    "TIINGO_BASE_URL",
    "FINNHUB_BASE_URL",
    "OHLC_API_TOKENS",
    "OHLC_ADMIN_TOKENS",
    "OHLC_JWT_SECRET",
    "OHLC_LISTEN",
    "OHLC_DASHBOARD_DIR",
    "OHLC_L1_ENTRIES",
    "OHLC_LOG",
    "AWS_REGION",
    "AWS_ENDPOINT_URL_DYNAMODB",
    "OHLC_CEILING",
    "OHLC_LOCK_LEASE",
];

#[test]
fn help_lists_every_setting() {
    let rules = Policies::default().decisions();
    for argument in ["--help", "-h"] {
        let help = run(&[OsStr::new(argument)]);
        assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
        for setting in SETTINGS.into_iter().chain(rules.iter().filter_map(|line| line.setting)) {
            let named = help.stdout.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == setting);
            assert!(named, "{setting} is not in {}", help.stdout);
        }
    }
}

#[test]
fn help_is_reviewed_word_by_word() {
    let help = run(&[OsStr::new("--help")]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("help");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("ohlc-server", help.stdout));
}

#[test]
fn version_names_the_version() {
    for argument in ["--version", "-V"] {
        let version = run(&[OsStr::new(argument)]);
        assert_eq!((version.code, version.stderr.as_str()), (Some(0), ""));
        assert_eq!(version.stdout, concat!("ohlc-server ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn an_unknown_argument_is_wrong_usage() {
    let no_text = OsStr::from_bytes(b"--help\xFF");
    let unknown: [&[&OsStr]; 4] =
        [&[OsStr::new("--port=80")], &[OsStr::new("serve")], &[OsStr::new("--help"), OsStr::new("me")], &[no_text]];
    for arguments in unknown {
        let refused = run(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(refused.stderr.contains("from the environment; see ohlc-server --help"), "{arguments:?}: {refused:?}");
    }
}
