//! How one is started, what it finds, and that nothing of it is left.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use harness::Need;
use harness::Unsupported;
use harness::targets::{Refused, Target};

use crate::described::{START, file, launch, with};

/// A start of a shell script that tells its environment and ends.
fn telling(environment: &str) -> String {
    format!(
        "[start]\ncommand = [\"sh\", \"-c\", \"env >&2; exit 3\"]\naddress_in_log = \"address\"\n[start.environment]\n\
         NEEDED = \"{{now}} {{table}} {{dynamodb_url}} {{tiingo_url}}\"\n{environment}"
    )
}

async fn refusal<V: AsRef<OsStr>>(text: &str, chosen: &[(&str, V)]) -> anyhow::Error {
    let written = file(text);
    written.read().unwrap().start(with(chosen)).await.err().expect("it does not start")
}

fn lines_of(refusal: &anyhow::Error) -> Vec<String> {
    let Refused { code, said } = refusal.downcast_ref().unwrap_or_else(|| panic!("{refusal:#}"));
    assert_eq!(*code, Some(3), "{said}");
    said.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn it_finds_what_its_file_says_and_what_the_scenario_sets() {
    let text =
        telling("HERE = \"{env.GREETING} {table}\"\nPOLLS = \"{OHLC_LOCK_POLLS}\"\nSIZE = \"{OHLC_L1_ENTRIES}\"\n");
    let refused = refusal(&text, &[("OHLC_LOCK_POLLS", "3"), ("TZ", "Asia/Tokyo")]).await;
    let found = lines_of(&refused);
    for line in ["HERE=hello a-table", "OHLC_LOCK_POLLS=3", "TZ=Asia/Tokyo", "PATH=/usr/bin:/bin"] {
        assert!(found.iter().any(|found| found == line), "no {line} in {found:?}");
    }
    // A setting that nobody sets, and the contract's names for those that have one of their own.
    for name in ["SIZE=", "OHLC_CACHE_TABLE=", "TIINGO_BASE_URL="] {
        assert!(!found.iter().any(|found| found.starts_with(name)), "{name} in {found:?}");
    }
}

#[tokio::test]
async fn its_own_name_for_a_setting_counts_as_the_contract_s() {
    let text = telling("MY_TABLE = \"{table}\"\n");
    let refused = refusal(&text, &[("OHLC_CACHE_TABLE", "")]).await;
    assert!(lines_of(&refused).contains(&"OHLC_CACHE_TABLE=".to_owned()), "{refused:#}");
}

#[tokio::test]
async fn a_setting_that_it_cannot_be_told_is_something_that_it_lacks() {
    let refused = refusal(&telling(""), &[("OHLC_LOCK_POLLS", "3")]).await;
    assert_eq!(refused.downcast_ref(), Some(&Unsupported("the setting OHLC_LOCK_POLLS".into())), "{refused:#}");
}

#[tokio::test]
async fn a_setting_that_is_no_text_is_told_as_it_is_or_not_at_all() {
    let bytes = OsStr::from_bytes(b"caf\xE9");
    let refused = refusal(&telling("SIZE = \"{OHLC_L1_ENTRIES}\"\n"), &[("OHLC_L1_ENTRIES", bytes)]).await;
    let lacks = Unsupported("a way to be told OHLC_L1_ENTRIES in bytes that are no text".into());
    assert_eq!(refused.downcast_ref(), Some(&lacks), "{refused:#}");
    let as_it_is = telling("").replace("[start.environment]", "contract_settings = true\n[start.environment]");
    let refused = refusal(&as_it_is, &[("OHLC_L1_ENTRIES", bytes)]).await;
    assert!(lines_of(&refused).contains(&"OHLC_L1_ENTRIES=caf\u{FFFD}".to_owned()), "{refused:#}");
}

#[tokio::test]
async fn what_the_file_does_not_say_it_cannot_do() {
    let written = file(START);
    let stranger = written.read().unwrap();
    assert_eq!(stranger.can(), [Need::SeveralInstances, Need::OwnEnvironment, Need::Kill]);
    assert!(stranger.unprovable().is_some() && stranger.with_defect("no-single-flight").is_none());
    let instance = stranger.start(launch()).await.unwrap();
    for (done, lacks) in [
        (instance.drop_l1().await, "dropping L1"),
        (instance.idle().await, "telling when it has nothing left to write"),
        (instance.fail_at(Some(("look-up", "panic"))).await, "fail points"),
        (instance.begin_to_stop(), "signals"),
        (instance.peak_memory().map(|_| ()), "a process of its own"),
    ] {
        assert_eq!(done.unwrap_err().downcast_ref(), Some(&Unsupported(lacks.into())));
    }
}

/// A start whose script starts another process, which ignores what is asked of it; both tell their numbers.
const FAMILY: &str = r#"
[start]
command = ["sh", "-c", "trap '' TERM; sleep 60 & echo $$ $! > numbers; echo '{\"address\": \"127.0.0.1:9\"}'; wait; sleep 60"]
contract_settings = true
address_in_log = "address"
[start.environment]
NOW = "{now}"
"#;

/// Whether it lives. One that is dead, and that the system has yet to take away (`Z`), does not; where there is no `/proc`,
/// it counts until it is taken away.
fn is_there(number: &str) -> bool {
    let zombie = std::fs::read_to_string(format!("/proc/{number}/stat")).is_ok_and(|stat| stat.contains(") Z "));
    let found = || Command::new("sh").args(["-c", "kill -0 \"$1\" 2> /dev/null", "kill", number]).status().unwrap();
    !zombie && found().success()
}

#[tokio::test]
#[ignore = "takes three seconds: cargo test -- --include-ignored"]
async fn nothing_that_it_started_is_left() {
    for way in ["drop", "stop", "kill"] {
        let written = file(FAMILY);
        let instance = written.read().unwrap().start(launch()).await.unwrap();
        let numbers = std::fs::read_to_string(written.beside("numbers")).unwrap();
        let numbers: Vec<&str> = numbers.split_whitespace().collect();
        assert!(numbers.len() == 2 && numbers.iter().all(|number| is_there(number)), "{numbers:?}");
        match way {
            "stop" => instance.stop().await.unwrap(),
            "kill" => instance.kill().await.unwrap(),
            _ => {}
        }
        drop(instance);
        // A child that lost its parent dies in its own time.
        let gone = || numbers.iter().all(|number| !is_there(number));
        let waited = tokio::time::timeout(std::time::Duration::from_secs(10), async {
            while !gone() {
                tokio::task::yield_now().await;
            }
        });
        assert!(waited.await.is_ok(), "{way}: {numbers:?} are left behind");
    }
}
