//! Inputs of a corpus, changed in small ways. What fails is shrunk, and told as Rust would write it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::prop_oneof;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// No input grows beyond this, or most time would go into the few that do.
const LONGEST: usize = 64 * 1024;

/// What a target is given.
#[derive(Clone, PartialEq, Eq)]
struct Input(Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One small change. A place is a part of the input, however long that is.
#[derive(Debug, Clone)]
enum Change {
    /// Another byte.
    Replace(Index, u8),
    /// A word that means something, or a few bytes, in between.
    Insert(Index, Vec<u8>),
    /// What lies between two places goes.
    Remove(Index, Index),
    /// What lies between two places comes again, so many times.
    Repeat(Index, Index, usize),
    /// Everything behind a place goes.
    Cut(Index),
}

impl Change {
    fn of(self, mut input: Vec<u8>) -> Vec<u8> {
        let place = |index: Index, input: &[u8]| index.index(input.len() + 1);
        let between = |one: Index, other: Index, input: &[u8]| {
            let (one, other) = (place(one, input), place(other, input));
            one.min(other)..one.max(other)
        };
        match self {
            Self::Replace(at, byte) => {
                let at = at.index(input.len().max(1));
                if let Some(there) = input.get_mut(at) {
                    *there = byte;
                }
            }
            Self::Insert(at, bytes) => {
                let at = place(at, &input);
                input.splice(at..at, bytes);
            }
            Self::Remove(one, other) => {
                let range = between(one, other, &input);
                input.drain(range);
            }
            Self::Repeat(one, other, times) => {
                let range = between(one, other, &input);
                let times = times.min(LONGEST / range.len().max(1));
                let again = input[range.clone()].repeat(times);
                input.splice(range.end..range.end, again);
            }
            Self::Cut(at) => input.truncate(place(at, &input)),
        }
        input.truncate(LONGEST);
        input
    }
}

/// Holds a target to what must hold of every input, by panicking: of the seeds of its corpus as they are, and of `count`
/// inputs made of them with these words. `FUZZ_TIMES` multiplies the count, `FUZZ_SEED` draws others.
pub(crate) fn all_hold(corpus: &str, words: &'static [&'static str], count: u32, target: impl Fn(&[u8])) {
    let seeds = seeds(corpus);
    for seed in &seeds {
        target(seed);
    }
    let config = Config {
        cases: count.saturating_mul(set("FUZZ_TIMES").unwrap_or(1)),
        rng_seed: RngSeed::Fixed(set("FUZZ_SEED").unwrap_or(1)),
        failure_persistence: None,
        ..Config::default()
    };
    let inputs = (select(seeds), vec(change(words), 0..6))
        .prop_map(|(seed, changes)| Input(changes.into_iter().fold(seed, |input, change| change.of(input))));
    let held = TestRunner::new(config).run(&inputs, |Input(input)| {
        target(&input);
        Ok(())
    });
    if let Err(failed) = held {
        panic!("{corpus}: {failed}\nonce it is mended, keep the input under fixtures/fuzz/{corpus}");
    }
}

fn change(words: &'static [&'static str]) -> impl Strategy<Value = Change> {
    let word = select(words).prop_map(|word| word.as_bytes().to_vec());
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), any::<u8>()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        4 => (index(), word).prop_map(|(at, word)| Change::Insert(at, word)),
        1 => (index(), vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (index(), index()).prop_map(|(one, other)| Change::Remove(one, other)),
        1 => (index(), index(), prop_oneof![Just(1), Just(3), Just(200)]).prop_map(|(one, other, times)| Change::Repeat(one, other, times)),
        1 => index().prop_map(Change::Cut),
    ]
}

/// A variable of this process, if it is set to what it takes.
#[expect(clippy::disallowed_methods, reason = "it is whoever runs the tests that sets it, and no server")]
fn set<T: FromStr>(variable: &str) -> Option<T> {
    let text = std::env::var(variable).ok()?;
    let parsed = text.parse();
    assert!(parsed.is_ok(), "{variable}={text} is no number that it takes");
    parsed.ok()
}

fn seeds(corpus: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/fuzz").join(corpus);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()));
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("an entry").path()).collect();
    // In one order everywhere, so that one seed draws the same inputs.
    files.sort();
    files.into_iter().map(|file| std::fs::read(file).expect("a seed")).collect()
}

#[test]
fn a_mistake_that_one_input_in_many_meets_is_found_and_shrunk() {
    let found = std::panic::catch_unwind(|| {
        all_hold("requests", &["YTD", "="], 2_000, |input| {
            assert!(!input.windows(4).any(|part| part == b"=YTD"), "a year to date");
        });
    });
    let told = found.expect_err("a failure");
    let told = told.downcast_ref::<String>().map(String::as_str).unwrap_or_default();
    let shrunk = told.lines().find(|line| line.contains("minimal failing input")).unwrap_or_default();
    assert!(told.contains("a year to date") && shrunk.contains("=YTD"), "{told}");
}
