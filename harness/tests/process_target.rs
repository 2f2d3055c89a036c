//! Programs of every kind as servers: what they find, what is said of those that do not serve, and that nothing of
//! them is left. The programs are shell scripts; the harness does not care.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use harness::dynamodb::Tier;
use harness::targets::process::{Controls, Program};
use harness::targets::{Instance, Launch, Refused, Target};
use harness::{Clock, Lab, Need, Stop};

/// Says that it listens, and what its number is.
const LISTENS: &str = r#"echo "{\"address\": \"127.0.0.1:9\", \"pid\": $$}""#;

/// A shell script as a server.
struct Script(String);

impl Script {
    fn program(&self) -> Program {
        let controls =
            Controls { drop_l1: "/", idle: "/", fail: "/", log: "/", clock_file: "CLOCK_FILE", warm: "warm" };
        let arguments = ["-c", &self.0, "script"].map(str::to_owned).to_vec();
        let environment = BTreeMap::from([("GIVEN".to_owned(), "always".to_owned())]);
        Program { path: "/bin/sh".into(), arguments, environment, controls }
    }

    async fn start(&self) -> anyhow::Result<Box<dyn Instance>> {
        self.program().start(&launch()).await
    }
}

impl Target for Script {
    fn name(&self) -> String {
        "a script".into()
    }

    fn can(&self) -> &'static [Need] {
        &[]
    }

    fn with_defect(&self, _: &str) -> Option<Arc<dyn Target>> {
        None
    }

    fn start(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>> {
        async move { self.program().start(&launch).await }.boxed()
    }
}

fn launch() -> Launch {
    let clock = Clock::at("2026-02-03T22:00:00Z".parse().unwrap());
    Launch { environment: BTreeMap::from([("TZ".to_owned(), "Asia/Tokyo".into())]), chosen: BTreeSet::default(), clock }
}

fn script(text: impl Into<String>) -> Script {
    Script(text.into())
}

/// How a script refused to start.
async fn refusal(text: &str) -> Refused {
    let refused = script(text).start().await.err().expect("it does not start");
    refused.downcast_ref::<Refused>().unwrap_or_else(|| panic!("{refused:#}")).clone()
}

/// The number of a running script.
fn pid(instance: &dyn Instance) -> String {
    let line: serde_json::Value = serde_json::from_str(instance.logs().lines().next().unwrap()).unwrap();
    line["pid"].to_string()
}

/// Whether there is a process of this number, be it a zombie.
fn is_there(pid: &str) -> bool {
    Command::new("/bin/sh").args(["-c", "kill -0 \"$1\" 2> /dev/null", "kill", pid]).status().unwrap().success()
}

#[tokio::test]
async fn one_that_ends_instead_of_listening_has_refused() {
    let refused = refusal("echo '{\"message\": \"hello\"}'; echo 'no table' >&2; exit 3").await;
    assert_eq!((refused.code, refused.said.as_str()), (Some(3), "no table\n"));
}

#[tokio::test]
async fn a_refusal_that_ends_well_is_the_server_s_fault() {
    let mut lab =
        Lab::open(Arc::new(script("echo 'OHLC_CACHE_TABLE is not set' >&2")), &Tier::embedded(), 7).await.unwrap();
    let judged = lab.server_refuses_to_start_with::<&str>([]).await;
    assert!(
        matches!(&judged, Err(Stop::Failed(failure)) if failure.what == "the exit code of a refusal"),
        "{judged:?}"
    );
    lab.close().await.unwrap();
}

#[tokio::test]
async fn it_finds_what_it_is_given_and_nothing_else() {
    let refused = refusal("env >&2; exit 1").await;
    // Shells add some of their own.
    let own = ["PWD", "OLDPWD", "SHLVL", "_"];
    let names = refused.said.lines().filter_map(|line| line.split('=').next()).filter(|name| !own.contains(name));
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    assert_eq!(names, ["CLOCK_FILE", "GIVEN", "TZ"], "{refused:?}");
}

#[tokio::test]
async fn its_clock_is_the_scenario_s_whenever_it_looks() {
    let program = script(format!(r#"{LISTENS}; while read -r line; do cat "$CLOCK_FILE"; done"#)).program();
    let launch = launch();
    let instance = program.start(&launch).await.unwrap();
    let file = launch.clock.file().unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "2026-02-03T22:00:00.000000Z");
    launch.clock.set("2026-02-04T14:30:00.5Z".parse().unwrap());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "2026-02-04T14:30:00.500000Z");
    drop((instance, launch));
    assert!(!file.exists(), "the clock's file is left behind");
}

#[tokio::test]
async fn it_is_stopped_with_sigterm_and_has_to_end_well() {
    // Not `read`: a signal that comes just before a shell begins to read is lost on it until there is a line.
    let waits = "while :; do sleep 0.05; done";
    let good = script(format!("trap 'exit 0' TERM; {LISTENS}; {waits}")).start().await.unwrap();
    good.stop().await.unwrap();
    let bad = format!("trap 'echo lost work >&2; exit 7' TERM; {LISTENS}; {waits}");
    let bad = script(bad).start().await.unwrap();
    let cause = bad.stop().await.unwrap_err().to_string();
    assert!(cause.contains('7') && cause.contains("lost work"), "{cause}");
}

#[tokio::test]
async fn it_is_killed_whatever_it_does() {
    let deaf =
        script(format!("trap '' TERM INT HUP; {LISTENS}; while read -r line; do :; done")).start().await.unwrap();
    let pid = pid(&*deaf);
    deaf.kill().await.unwrap();
    assert_eq!(deaf.exit_code().await.unwrap(), None);
    assert!(!is_there(&pid), "{pid} is left behind");
}

#[tokio::test]
async fn dropping_it_leaves_neither_process_nor_zombie() {
    let deaf =
        script(format!("trap '' TERM INT HUP; {LISTENS}; while read -r line; do :; done")).start().await.unwrap();
    let running = pid(&*deaf);
    assert!(is_there(&running));
    drop(deaf);
    assert!(!is_there(&running), "{running} is left behind");

    let ended = script(format!("{LISTENS}; exit 0")).start().await.unwrap();
    let gone = pid(&*ended);
    assert_eq!(ended.exit_code().await.unwrap(), Some(0));
    drop(ended);
    assert!(!is_there(&gone), "{gone} is left behind");
}

#[tokio::test]
async fn one_that_ends_with_its_standard_input_outlives_nobody() {
    // What the harness holds is all that keeps this one waiting for a line: else it would have ended by itself.
    let kept = script(format!("{LISTENS}; read -r line; exit 5")).start().await.unwrap();
    let cause = kept.stop().await.unwrap_err().to_string();
    assert!(cause.contains("signal: 15"), "{cause}");
}

#[tokio::test]
async fn what_cannot_be_started_is_named() {
    let mut program = script("").program();
    program.path = "/nonexistent/server".into();
    let cause = format!("{:#}", program.start(&launch()).await.err().unwrap());
    assert!(cause.contains("/nonexistent/server"), "{cause}");
}

#[tokio::test]
async fn what_it_has_is_told_and_what_it_said_is_handed_over_once() {
    let server = script(format!("{LISTENS}; exec 7</dev/null; echo ready; read -r line")).start().await.unwrap();
    while !server.logs().contains("ready") {
        tokio::task::yield_now().await;
    }
    let held = server.holdings().unwrap();
    assert!(held.memory > 0 && held.files >= 4 && held.sockets == 0, "{held:?}");
    assert!(server.hand_over_logs().unwrap().contains("ready"));
    assert_eq!(server.logs(), "");
}
