//! Settings that it refuses to start with: every fault is named at once, with a valid example, and no secret is told.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::binary::{Binary, Ended, GOOD};

/// A fault: the variable, what it is set to, and what the refusal says.
type Fault = (&'static str, &'static str, &'static [&'static str]);

const FAULTS: [Fault; 27] = [
    ("OHLC_CACHE_TABLE", "no table!", &["OHLC_CACHE_TABLE=prod-ohlc-cache"]),
    ("TIINGO_API_KEY", "hush hush", &["copy the key again"]),
    ("FINNHUB_API_KEY", "hush\thush", &["copy the key again"]),
    ("TIINGO_BASE_URL", "api.tiingo.com", &["TIINGO_BASE_URL=https://api.tiingo.com"]),
    ("FINNHUB_BASE_URL", "ftp://finnhub.io", &["FINNHUB_BASE_URL=https://finnhub.io/api/v1"]),
    ("OHLC_JWT_SECRET", "hush", &["at least 32 characters", "openssl rand -hex 32"]),
    ("OHLC_API_TOKENS", "a", &["less than 8 characters", "openssl rand -hex 32"]),
    ("OHLC_API_TOKENS", "long-enough,hush", &["less than 8 characters"]),
    ("OHLC_ADMIN_TOKENS", "hush-hush hush", &["a character that no client can send"]),
    ("OHLC_ADMIN_TOKENS", "hush-hush-hüsh", &["a character that no client can send"]),
    ("OHLC_HEAD_TIMEOUT", "0s", &["nothing would work"]),
    ("OHLC_CONNECTIONS", "0", &["nothing would work"]),
    ("OHLC_LISTEN", "localhost", &["OHLC_LISTEN=127.0.0.1:8000"]),
    ("OHLC_LISTEN", "127.0.0.1:99999", &["OHLC_LISTEN=127.0.0.1:8000"]),
    ("OHLC_L1_ENTRIES", "-1", &["OHLC_L1_ENTRIES=1000"]),
    ("OHLC_L1_ENTRIES", "many", &["OHLC_L1_ENTRIES=1000"]),
    ("OHLC_L1_BYTES", "256 megabytes", &["256MiB"]),
    ("OHLC_DASHBOARD_DIR", "/nowhere", &["/nowhere holds no dashboard", "npm run build"]),
    ("OHLC_LOG", "ohlc_server=loud=er", &["OHLC_LOG=info"]),
    ("AWS_ENDPOINT_URL_DYNAMODB", "localhost:8001", &["AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8001"]),
    ("OHLC_TTL_FINISHED", "90", &["90d"]),
    ("OHLC_L1_TTL", "584542046090y", &["90d"]),
    ("OHLC_LOCK_POLLS", "-1", &["like 3"]),
    ("OHLC_PROVIDER_TIMEOUT", "584542046090y", &["30s"]),
    ("OHLC_LOCK_LEASE", "7s", &["too short", "at least twice OHLC_PROVIDER_TIMEOUT", "which is 4s"]),
    ("OHLC_CEILING", "4s", &["too low", "OHLC_PROVIDER_TIMEOUT", "which is 4s", "by at least 800ms"]),
    ("OHLC_CEILING", "soon", &["30s"]),
];

/// The lines that name a fault.
fn faults(ended: &Ended) -> Vec<&str> {
    ended.stderr.lines().filter_map(|line| line.strip_prefix("  - ")).collect()
}

fn refused(variables: &[(&str, &str)]) -> Ended {
    let ended = Binary::start_with(variables).ends();
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{variables:?}: {ended:?}");
    assert!(ended.stderr.contains("the settings are not valid:"), "{ended:?}");
    assert!(ended.stderr.ends_with("ohlc-server --help lists every setting\n"), "{ended:?}");
    ended
}

fn says(fault: &str, (variable, _, words): Fault) -> bool {
    fault.starts_with(variable) && words.iter().all(|words| fault.contains(words))
}

#[test]
fn each_fault_is_named_alone() {
    for fault in FAULTS {
        let (variable, text, _) = fault;
        let ended = refused(&[(variable, text)]);
        assert!(matches!(faults(&ended)[..], [line] if says(line, fault)), "{fault:?}: {ended:?}");
    }
}

#[test]
fn faults_are_named_together_and_no_secret_is_told() {
    let together: Vec<Fault> = FAULTS.into_iter().filter(|(_, text, _)| !["7s", "4s"].contains(text)).collect();
    let variables: Vec<_> = together.iter().map(|(variable, text, _)| (*variable, *text)).collect();
    let ended = refused(&variables);
    for fault in &together {
        assert!(faults(&ended).iter().any(|line| line.starts_with(fault.0)), "{fault:?}: {ended:?}");
    }
    assert!(!ended.stderr.contains("hush"), "{ended:?}");
}

#[test]
fn both_required_settings_are_missed_at_once() {
    for nothing in ["", "  "] {
        let ended = refused(&[("OHLC_CACHE_TABLE", nothing), ("TIINGO_API_KEY", nothing)]);
        let named = ["OHLC_CACHE_TABLE=prod-ohlc-cache", "TIINGO_API_KEY_FILE=/run/secrets/tiingo"];
        assert_eq!(faults(&ended).len(), named.len(), "{ended:?}");
        for (line, example) in faults(&ended).into_iter().zip(named) {
            assert!(line.contains("is not set") && line.contains(example), "{ended:?}");
        }
    }
    let bare = Binary::start(&[], Vec::<(&str, &str)>::new()).ends();
    assert_eq!((bare.code, faults(&bare).len()), (Some(2), 2), "{bare:?}");
}

#[test]
fn a_key_and_its_file_are_one_too_many() {
    let ended = refused(&[("TIINGO_API_KEY", "hush"), ("TIINGO_API_KEY_FILE", "/run/secrets/tiingo")]);
    let [line] = faults(&ended)[..] else { panic!("{ended:?}") };
    assert!(line.contains("TIINGO_API_KEY and TIINGO_API_KEY_FILE are both set: keep one"), "{ended:?}");
    assert!(!ended.stderr.contains("hush"), "{ended:?}");
}

#[test]
fn a_token_of_both_lists_is_one_too_many() {
    let ended = refused(&[("OHLC_API_TOKENS", "one-hush,hush-hush"), ("OHLC_ADMIN_TOKENS", "hush-hush")]);
    let [line] = faults(&ended)[..] else { panic!("{ended:?}") };
    assert!(line.contains("OHLC_API_TOKENS and OHLC_ADMIN_TOKENS have a token in common"), "{ended:?}");
    assert!(!ended.stderr.contains("hush"), "{ended:?}");
}

/// A file of this test's own.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_key_file_that_holds_no_key_is_named_with_what_to_do() {
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let unreadable = [
        (nowhere, "No such file"),
        (folder, "Is a directory"),
        (file("empty-key", " \n"), "exactly one key"),
        (file("two-keys", "hush\nhush\n"), "exactly one key"),
    ];
    for (path, cause) in &unreadable {
        let path = path.to_str().unwrap();
        let ended = refused(&[
            ("TIINGO_API_KEY", ""),
            ("TIINGO_API_KEY_FILE", path),
            ("FINNHUB_API_KEY_FILE", path),
            ("OHLC_CACHE_TABLE", ""),
        ]);
        let [table, keys @ ..] = &faults(&ended)[..] else { panic!("{ended:?}") };
        assert!(table.starts_with("OHLC_CACHE_TABLE"), "{ended:?}");
        assert_eq!(keys.len(), 2, "{ended:?}");
        for (line, variable) in keys.iter().zip(["TIINGO_API_KEY_FILE", "FINNHUB_API_KEY_FILE"]) {
            for words in [variable, path, cause, "let this user read the file, or name another one"] {
                assert!(line.contains(words), "no {words:?} in {ended:?}");
            }
        }
        assert!(!ended.stderr.contains("hush"), "{ended:?}");
    }
}

#[test]
fn text_that_is_no_utf_8_is_a_fault_where_a_setting_takes_it_and_nothing_elsewhere() {
    let no_text = OsStr::from_bytes(b"caf\xE9");
    let with = |name: &str| {
        let good = GOOD.map(|(name, text)| (OsString::from(name), OsString::from(text)));
        Binary::start(&[], good.into_iter().chain([(OsString::from(name), no_text.to_owned())]))
    };
    for setting in ["OHLC_CACHE_TABLE", "TIINGO_API_KEY", "OHLC_LISTEN"] {
        let ended = with(setting).ends();
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(matches!(faults(&ended)[..], [line] if line.starts_with(setting)), "{ended:?}");
    }
    let unconcerned = with("GREETING");
    unconcerned.address();
    assert_eq!(unconcerned.terminate().code, Some(0));
}
