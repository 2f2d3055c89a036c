//! Servers that are not ours, whole: the reference server described as a stranger passes whatever its file makes
//! possible, and a naive server in Python fails exactly what is known of it, each time. Both wait until they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use candlecheck::built::Built;
use candlecheck::{SEED, TAKES_LONG, catalogue, in_ci, jobs};
use harness::dynamodb::Tier;
use harness::outcome::{Catch, Entry, Outcome};
use harness::run::{self, Plan};
use harness::targets::Target;
use harness::targets::external::{Foreign, Undescribed};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use ohlc_server::settings::Environment;
use serde::Deserialize;

/// What a process alone can lose or leave unread, and this target cannot; and what nothing shows that tests may control.
const LACKING: [&str; 3] = ["E6", "E38", "S10"];

/// What is known of the naive server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    mistake: Vec<Mistake>,
    unknown: Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    is: String,
    fails: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unknown {
    not_run: Vec<String>,
}

impl Known {
    /// How each scenario must end: what is not named passes.
    fn outcomes(&self) -> BTreeMap<&str, &'static str> {
        let mistakes = self.mistake.iter().filter(|mistake| !mistake.is.is_empty());
        let fails = mistakes.flat_map(|mistake| &mistake.fails).map(|id| (id.as_str(), "failed"));
        let not_run = self.unknown.not_run.iter().map(|id| (id.as_str(), "not run"));
        let named: Vec<_> = fails.chain(not_run).collect();
        let outcomes: BTreeMap<_, _> = named.iter().copied().collect();
        assert_eq!(outcomes.len(), named.len(), "naive_verdict.toml names a scenario twice");
        let others = catalogue().into_iter().map(|scenario| (scenario.id, "passed"));
        others.chain(outcomes).collect()
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Each of them fills the machine by itself.
    arguments.test_threads = arguments.test_threads.or(Some(1));
    let reference = Trial::test("the_reference_server_as_a_stranger_passes_what_its_file_makes_possible", reference);
    let naive = "the_naive_server_fails_exactly_what_is_known_of_it";
    let naive = match python() {
        // Without Python nothing is known, which a CI must not take for good.
        Err(reason) if !in_ci() => {
            Trial::ignorable_test(naive, move || Ok(Completion::ignored_with(format!("not run: {reason}"))))
        }
        found => Trial::test(naive, move || found.map_err(Failed::from).and_then(|target| naive_server(&target))),
    };
    let trials = [reference, naive].map(|trial| trial.with_kind(TAKES_LONG).with_ignored_flag(true));
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}

fn naive_server(target: &Arc<dyn Target>) -> Result<(), Failed> {
    let known = include_str!("../targets/naive_verdict.toml");
    let known: Known = toml::from_str(known)?;
    let expected = known.outcomes();
    for turn in ["the first run", "the second run"] {
        let entries = run(target);
        let found: BTreeMap<&str, &str> =
            entries.iter().map(|entry| (entry.scenario.id, entry.run.outcome.word())).collect();
        let ids: BTreeSet<&str> = expected.keys().chain(found.keys()).copied().collect();
        let differing = ids.into_iter().filter(|id| expected.get(id) != found.get(id));
        let differing: Vec<String> = differing
            .map(|id| format!("{id}: known as {:?}, was {:?}", expected.get(id), told(&entries, id)))
            .collect();
        if !differing.is_empty() {
            return Err(format!("in {turn}:\n{}", differing.join("\n")).into());
        }
    }
    Ok(())
}

fn reference() -> Result<(), Failed> {
    let path = Built::build(true)?;
    let target = described("reference.toml", &|name| match name {
        "OHLC_SERVER" => Some(path.display().to_string()),
        _ => Environment::of_process().get(name).map(str::to_owned),
    })?;
    let scenario = catalogue()[0];
    let proof = run::Trial::of(scenario, &target, &Tier::embedded(), SEED).prove(scenario.catches[0]);
    if target.unprovable().is_none() || !matches!(proof.catch, Catch::Broken(_)) {
        return Err(format!("a defect in a server that is not ours: {:?}", proof.catch).into());
    }
    let entries = run(&target);
    let lacking = entries.iter().filter(|entry| matches!(entry.run.outcome, Outcome::NotRun(_)));
    let lacking: Vec<&str> = lacking.map(|entry| entry.scenario.id).collect();
    let others = entries.iter().filter(|entry| !matches!(entry.run.outcome, Outcome::Passed | Outcome::NotRun(_)));
    let others: Vec<String> = others.map(|entry| format!("{}: {:?}", entry.scenario.id, entry.run.outcome)).collect();
    match lacking == LACKING && others.is_empty() {
        true => Ok(()),
        false => Err(format!("not run: {lacking:?}\n{}", others.join("\n")).into()),
    }
}

/// The whole catalogue, as `verify` runs it.
fn run(target: &Arc<dyn Target>) -> Vec<Entry> {
    let (target, tier) = (Arc::clone(target), Arc::new(Tier::embedded()));
    Plan { scenarios: catalogue(), target, tier, seed: SEED, proofs: false, jobs: jobs() }.run(|_| {})
}

fn told(entries: &[Entry], id: &str) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.scenario.id == id)?;
    Some(format!("{:?}", entry.run.outcome))
}

fn python() -> Result<Arc<dyn Target>, String> {
    let environment = Environment::of_process();
    described("naive.toml", &|name| environment.get(name).map(str::to_owned)).map_err(|cause| cause.to_string())
}

fn described(file: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Arc<dyn Target>, Undescribed> {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("targets").join(file);
    Ok(Arc::new(Foreign::read(&file, variable)?))
}
