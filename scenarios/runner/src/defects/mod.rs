//! The seeded defects: for each a name, the mistake in words, and the one rule that it changes.
//!
//! A defect is data about a mistake; the server's code knows of none. Whoever catches it names it in `catches`.

automod::dir!("src/defects");

use ohlc_server::rules::Rules;
use ohlc_server::settings::Environment;

/// One mistake that a server could make.
pub struct Defect {
    /// Its name in `catches`.
    pub name: &'static str,
    /// What goes wrong, as a reviewer would say it.
    pub about: &'static str,
    /// Makes the mistake: changes the rules of an instance that starts in this environment.
    pub seed: fn(&mut Rules, &Environment),
}

harness::inventory::collect!(Defect);

impl Defect {
    /// Every defect, in the order of their names.
    pub fn all() -> Vec<&'static Defect> {
        let mut all: Vec<_> = harness::inventory::iter::<Defect>().collect();
        all.sort_by_key(|defect| defect.name);
        all
    }

    /// Whether it is a mistake that instances can make only in one process: they share what lies in its memory.
    pub fn needs_one_process(&self) -> bool {
        ["breaker-state-shared", "memory-outlives-its-process", "one-retry-budget-for-all"].contains(&self.name)
    }

    /// The defect of this name.
    pub fn named(name: &str) -> Option<&'static Defect> {
        harness::inventory::iter::<Defect>().find(|defect| defect.name == name)
    }
}

/// Declares defects: `"name", "the mistake": |rules, environment| …;`
macro_rules! defects {
    ($($name:literal, $about:literal: |$rules:ident, $environment:pat_param| $seed:expr;)+) => {
        $(harness::inventory::submit! {
            $crate::defects::Defect { name: $name, about: $about, seed: |$rules, $environment| { $seed; } }
        })+
    };
}
use defects;
