//! `verify`: the report and nothing else on standard output, and the exit code that goes with it.

use candlecheck::{SEED, catalogue};
use ohlc_server::settings::Environment;
use serde_json::{Value, json};

use crate::binary::{Binary, Ended, candlecheck};

/// What a run of A3 that goes well leaves, as the architecture words it.
fn a3_is_well(report: &Value, seed: u64) {
    let summary = &report["summary"];
    for (count, of) in [(1, "passed"), (0, "failed"), (0, "not_run"), (1, "proofs_caught"), (0, "proofs_missed")] {
        assert_eq!(summary[of], json!(count), "{of} in {report:#}");
    }
    assert_eq!(report["seed"], json!(seed));
    assert!(report["tier"].as_str().is_some_and(|tier| tier.starts_with("embedded")), "{report:#}");
    let [scenario] = &report["scenarios"].as_array().unwrap()[..] else { panic!("{report:#}") };
    let fields = [
        ("id", json!("A3")),
        ("name", json!("ticker_case_normalization")),
        ("category", json!("A")),
        ("priority", json!("P1")),
        ("outcome", json!("passed")),
    ];
    for (name, value) in fields {
        assert_eq!(scenario[name], value, "{name}");
    }
    assert!(scenario["duration_ms"].is_u64(), "{report:#}");
    let [proof] = &scenario["proofs"].as_array().unwrap()[..] else { panic!("{report:#}") };
    assert_eq!((&proof["defect"], &proof["caught"]), (&json!("ticker-case-kept"), &json!(true)));
}

#[test]
fn a_json_report_is_one_document_and_progress_goes_elsewhere() {
    let run = candlecheck(&["verify", "--only", "A3", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    a3_is_well(&run.json(), SEED);
    assert_eq!(run.stderr, "candlecheck: 1 of 1 scenarios\n");
}

#[test]
fn a_report_for_people_names_scenario_tier_and_seed() {
    let run = candlecheck(&["verify", "--only", "a3", "--seed", "7"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in ["A3", "ticker_case_normalization", "embedded", "seed 7", "1 passed, 0 failed"] {
        assert!(run.stdout.contains(words), "no {words:?} in {}", run.stdout);
    }
}

#[test]
fn a_report_goes_to_the_file_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    std::fs::write(&path, "an earlier report, which is longer than the one that takes its place".repeat(100)).unwrap();
    let out = path.to_str().unwrap();
    let run = candlecheck(&["verify", "--only", "A3", "--seed", "7", "--format", "json", "--out", out]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    a3_is_well(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(), 7);
}

#[test]
fn a_report_that_could_not_be_written_is_refused_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing").join("report.json");
    for path in [missing.as_path(), folder.path()] {
        let run = candlecheck(&["verify", "--only", "A3", "--out", path.to_str().unwrap()]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert!(run.stderr.contains(&format!("cannot write {}", path.display())), "{run:?}");
        assert!(run.stderr.contains("name a file in a folder that exists"), "{run:?}");
        assert!(!run.stderr.contains("of 1 scenarios"), "it ran first: {run:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something is left behind");
}

fn ids(run: &Ended) -> Vec<String> {
    assert_eq!(run.code, Some(0), "{run:?}");
    let report = run.json();
    report["scenarios"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn shards_run_every_scenario_once() {
    let all: Vec<&str> = catalogue().iter().map(|scenario| scenario.id).filter(|id| id.starts_with('A')).collect();
    let mut ran = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let part = ids(&candlecheck(&["verify", "--no-proofs", "--only", "A", "--format", "json", "--shard", shard]));
        assert!(part.len().abs_diff(all.len() / 3) <= 1, "{shard} is no third: {part:?}");
        ran.extend(part);
    }
    ran.sort_by_key(|id| all.iter().position(|known| known == id));
    assert_eq!(ran, all);
}

#[test]
fn a_server_that_cannot_be_built_is_named_with_what_to_do() {
    let arguments = ["verify", "--target", "process", "--only", "A3"];
    for (cargo, says) in [
        ("/nonexistent/cargo", "/nonexistent/cargo cannot be run: No such file or directory"),
        ("/nonexistent/cargo", "install Rust from https://rustup.rs, or set CARGO"),
        (
            "false",
            "ohlc-server-under-test does not build: see above, or run `cargo build --bin ohlc-server-under-test`",
        ),
    ] {
        let run = Binary::start(&arguments, &[("CARGO", cargo), ("PATH", "/usr/bin:/bin")]).ends();
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""), "{run:?}");
        assert!(run.stderr.contains(says), "no {says:?} in {run:?}");
    }
}

#[test]
fn a_tolerance_that_is_none_is_refused_before_the_work() {
    for factor in ["0", "1.5", "much"] {
        let run = Binary::start(&["verify", "--only", "A3"], &[("CI_TOLERANCE_FACTOR", factor)]).ends();
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains("a whole number from 1 to 100"), "{run:?}");
    }
}

#[test]
#[ignore = "builds the server: cargo test -- --include-ignored"]
fn a_tolerance_widens_what_scenarios_wait_for() {
    // Only processes are waited for; the server's own Cargo finds its toolchain by these.
    let found = ["CARGO", "CARGO_HOME", "HOME", "PATH", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"];
    let process = Environment::of_process();
    let found = found.into_iter().filter_map(|name| Some((name, process.get(name)?)));
    let variables: Vec<_> = found.chain([("CI_TOLERANCE_FACTOR", "3")]).collect();
    let arguments = ["verify", "--target", "process", "--only", "D27", "--no-proofs", "--format", "json"];
    let run = Binary::start(&arguments, &variables).ends();
    assert_eq!(run.code, Some(0), "{run:?}");
    // D27 waits for a deadline of 400 ms to pass, so that it cannot end before three times that.
    let took = run.json()["scenarios"][0]["duration_ms"].as_u64();
    assert!(took >= Some(1_200), "{took:?}");
}
