//! Every scenario and every proof as a test of its own: `a1_…`, and `a1_…::catches_cache_key_without_date`. What only
//! a process can show runs on the built server, as `process::e16_…`, with a cross-section of all the others: when it is
//! asked for, because processes take long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use candlecheck::built::Built;
use candlecheck::defects::Defect;
use candlecheck::reference::Reference;
use candlecheck::{SEED, TAKES_LONG, catalogue, jobs};
use harness::Scenario;
use harness::dynamodb::Tier;
use harness::outcome::{Catch, Outcome};
use harness::run;
use harness::targets::Target;
use libtest_mimic::{Arguments, Failed, Trial};

/// IDs that were retired. They are never used again.
const RETIRED: [&str; 5] = ["D13", "D15", "D16", "D18", "D19"];

/// What the built server is held against here, besides what only a process can show. `verify --target process` holds it
/// against everything.
const CROSS_SECTION: &str = "A1 A9 B1 B13 C2 C13 D1 D17 E18 E24 E26 F9 F12 G1 G12 M3 O1 O4 \
    R2_log_lines_name_their_request S1 S3";

fn in_cross_section(scenario: &Scenario) -> bool {
    CROSS_SECTION.split_whitespace().any(|id| id == scenario.id)
}

/// Where scenarios run: what the names of their tests begin with, whether that takes long, and the server.
#[derive(Clone, Copy)]
struct Place {
    prefix: &'static str,
    takes_long: bool,
    target: fn() -> Result<Arc<dyn Target>, Failed>,
}

const IN_PROCESS: Place = Place { prefix: "", takes_long: false, target: || Ok(Reference::healthy()) };
const PROCESS: Place = Place { prefix: "process::", takes_long: true, target: built };

impl Place {
    fn test(&self, name: &str, body: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
        let trial = Trial::test(format!("{}{name}", self.prefix), body);
        if self.takes_long { trial.with_kind(TAKES_LONG).with_ignored_flag(true) } else { trial }
    }
}

/// The built server. It is built once, for the first who asks.
fn built() -> Result<Arc<dyn Target>, Failed> {
    static BUILT: LazyLock<Result<PathBuf, String>> =
        LazyLock::new(|| Built::build(true).map_err(|unbuilt| unbuilt.to_string()));
    Ok(Built::healthy(BUILT.as_ref()?, env!("CARGO_BIN_EXE_candlecheck").as_ref(), None))
}

fn main() -> ExitCode {
    if let Err(malformed) = harness::tolerance() {
        eprintln!("{malformed}");
        return ExitCode::FAILURE;
    }
    let mut arguments = Arguments::from_args();
    // More than run side by side, because a proof that waits for the healthy control takes up a thread.
    arguments.test_threads.get_or_insert_with(|| 2 * jobs());
    let ran = Arc::new(Ran::default());
    let mut trials: Vec<Trial> = catalogue().into_iter().flat_map(|scenario| trials_of(scenario, &ran)).collect();
    trials.push(Trial::test("process::the_cross_section_has_every_category", sectioned));
    trials.push(Trial::test("the_catalogue_is_whole", whole));
    trials.push(Trial::test("every_defect_is_caught_by_somebody", defects_are_claimed));

    let conclusion = libtest_mimic::run(&arguments, trials);
    let (scenarios, proofs) = (ran.scenarios.load(Ordering::Relaxed), ran.proofs.load(Ordering::Relaxed));
    eprintln!("{scenarios} scenarios and {proofs} proofs ran on DynamoDB {}, seed {SEED}", Tier::embedded().facts());
    conclusion.exit_code()
}

/// What really ran, as opposed to what was filtered out.
#[derive(Default)]
struct Ran {
    scenarios: AtomicUsize,
    proofs: AtomicUsize,
}

/// A scenario's own test and its proofs, where it can run; and its test on the built server, if that is wanted too.
fn trials_of(scenario: &'static Scenario, ran: &Arc<Ran>) -> Vec<Trial> {
    let in_process = scenario.needs.iter().all(|need| Reference::default().can().contains(need));
    let place = if in_process { IN_PROCESS } else { PROCESS };
    let mut trials = proven(scenario, place, ran);
    if in_process && in_cross_section(scenario) {
        trials.push(alone(scenario, PROCESS, ran, &Arc::default()));
    }
    trials
}

/// A scenario's own test, and one for each of its defects, which share one run of the healthy control.
fn proven(scenario: &'static Scenario, place: Place, ran: &Arc<Ran>) -> Vec<Trial> {
    let control = Arc::new(OnceLock::new());
    let mut trials = vec![alone(scenario, place, ran, &control)];
    for defect in scenario.catches {
        let (control, counted) = (Arc::clone(&control), Arc::clone(ran));
        let name = format!("{}::catches_{}", scenario.test_name(), defect.replace('-', "_"));
        trials.push(place.test(&name, move || {
            counted.proofs.fetch_add(1, Ordering::Relaxed);
            passes(scenario, place, &control).map_err(|failed| explained("the healthy control", &failed))?;
            match run::Trial::of(scenario, &(place.target)()?, &Tier::embedded(), SEED).prove(defect).catch {
                Catch::Caught(_) => Ok(()),
                Catch::Missed => Err(format!("{} passes on a server with {defect}", scenario.id).into()),
                Catch::Broken(cause) | Catch::NotRun(cause) => Err(cause.into()),
            }
        }));
    }
    trials
}

fn alone(scenario: &'static Scenario, place: Place, ran: &Arc<Ran>, control: &Arc<OnceLock<Outcome>>) -> Trial {
    let (control, counted) = (Arc::clone(control), Arc::clone(ran));
    place.test(&scenario.test_name(), move || {
        counted.scenarios.fetch_add(1, Ordering::Relaxed);
        passes(scenario, place, &control)
    })
}

fn passes(scenario: &'static Scenario, place: Place, control: &OnceLock<Outcome>) -> Result<(), Failed> {
    let target = (place.target)()?;
    match control.get_or_init(|| run::Trial::of(scenario, &target, &Tier::embedded(), SEED).run().outcome) {
        Outcome::Passed => Ok(()),
        Outcome::Failed(failure) => {
            let cited = scenario.from.iter().filter_map(|anchor| scenarios::specification::cited(anchor));
            let cited: String = cited.map(|cited| format!("\n  specification: {cited}")).collect();
            Err(format!("{failure}\n  required: {}{cited}", scenario.requirement).into())
        }
        other => Err(format!("{}: {other:?}", other.word()).into()),
    }
}

/// The cross-section names scenarios that there are, of every category.
fn sectioned() -> Result<(), Failed> {
    let all = catalogue();
    let categories: BTreeSet<char> = all.iter().map(|scenario| scenario.category()).collect();
    let section: Vec<_> = all.into_iter().filter(|scenario| in_cross_section(scenario)).collect();
    let sectioned: BTreeSet<char> = section.iter().map(|scenario| scenario.category()).collect();
    match sectioned == categories && section.len() == CROSS_SECTION.split_whitespace().count() {
        true => Ok(()),
        false => Err(format!("{} scenarios of {sectioned:?}, where there are {categories:?}", section.len()).into()),
    }
}

fn explained(whose: &str, failed: &Failed) -> Failed {
    format!("{whose} did not pass: {}", failed.message().unwrap_or("no reason given")).into()
}

/// Each category is numbered from 1 without a hole. No ID is doubled or without a proof, and each file has the name of
/// its scenario.
fn whole() -> Result<(), Failed> {
    let all = catalogue();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|scenario| *counts.entry(scenario.id).or_default() += 1);
    let mut last: BTreeMap<char, u32> = BTreeMap::new();
    for scenario in all.iter().filter(|scenario| scenario.category() != 'R') {
        let last = last.entry(scenario.category()).or_default();
        *last = scenario.number().unwrap_or_default().max(*last);
    }
    let numbered =
        last.into_iter().flat_map(|(letter, last)| (1..=last).map(move |number| format!("{letter}{number}")));
    let missing: Vec<String> =
        numbered.filter(|id| !counts.contains_key(id.as_str()) && !RETIRED.contains(&id.as_str())).collect();
    let revived: Vec<&str> = RETIRED.into_iter().filter(|id| counts.contains_key(id)).collect();
    let doubled: Vec<&str> = counts.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
    let unproven: Vec<&str> =
        all.iter().filter(|scenario| scenario.catches.is_empty()).map(|scenario| scenario.id).collect();
    let misfiled: Vec<&str> = all
        .iter()
        .filter(|scenario| !scenario.file.ends_with(&format!("/{}.rs", scenario.test_name())))
        .map(|scenario| scenario.file)
        .collect();
    // A letter and a number from 1, of a regression that of its issue; no zeros before it.
    let malformed: Vec<&str> = all
        .iter()
        .filter(|scenario| {
            let number = scenario.number().filter(|number| *number > 0);
            number.is_none_or(|number| scenario.label() != format!("{}{number}", scenario.category()))
        })
        .map(|scenario| scenario.id)
        .collect();
    let faults = [
        ("malformed", malformed.join(" ")),
        ("missing", missing.join(" ")),
        ("doubled", doubled.join(" ")),
        ("retired, and yet there", revived.join(" ")),
        ("without a proof", unproven.join(" ")),
        ("in a file of another name", misfiled.join(" ")),
    ];
    let faults: Vec<String> =
        faults.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(what, ids)| format!("{what}: {ids}")).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

/// A defect that neither a scenario nor the soak claims proves nothing, and a claim without its defect cannot be held.
fn defects_are_claimed() -> Result<(), Failed> {
    let seeded: Vec<&str> = Defect::all().into_iter().map(|defect| defect.name).collect();
    let names: BTreeSet<&str> = seeded.iter().copied().collect();
    let caught = catalogue().into_iter().flat_map(|scenario| scenario.catches.iter().copied());
    let claimed: BTreeSet<&str> = caught.chain(candlecheck::soak::CATCHES).collect();
    if names.len() != seeded.len() {
        return Err("two defects share a name".into());
    }
    match names == claimed {
        true => Ok(()),
        false => Err(format!("only seeded: {:?}; only claimed: {:?}", &names - &claimed, &claimed - &names).into()),
    }
}
