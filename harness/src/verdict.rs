//! How a scenario ends early, and what blames whom.

use std::fmt::{self, Debug};
use std::time::Duration;

use crate::capability::Unsupported;
use crate::time::Span;

/// What a scenario's body returns.
pub type Verdict<T = ()> = Result<T, Stop>;

/// Why a scenario did not reach its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The server did not do what the scenario shows. Only this blames the server.
    Failed(Failure),
    /// What the scenario wanted to start from could not be had.
    SetUp(String),
    /// The harness itself did not work.
    Broken(String),
    /// The target lacks this, which the scenario turned out to need.
    Unsupported(String),
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was looked at.
    pub what: String,
    /// What should have been seen.
    pub expected: String,
    /// What was.
    pub actual: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, expected, actual } = self;
        write!(f, "{what}: expected {expected}, got {actual}")
    }
}

impl From<anyhow::Error> for Stop {
    /// What fails below a scenario, fails in the harness, unless the target could not do it in the first place.
    fn from(cause: anyhow::Error) -> Self {
        match cause.downcast_ref::<Unsupported>() {
            Some(Unsupported(what)) => Self::Unsupported(what.clone()),
            None => Self::Broken(format!("{cause:#}")),
        }
    }
}

impl From<Unsupported> for Stop {
    fn from(Unsupported(what): Unsupported) -> Self {
        Self::Unsupported(what)
    }
}

/// Something that was looked at, about to be judged.
#[must_use = "an expectation that is not judged cannot fail"]
pub struct Expect<T> {
    what: String,
    actual: T,
}

/// Begins an expectation: `expect("provider calls", calls).is(1)?`.
pub fn expect<T: Debug>(what: impl Into<String>, actual: T) -> Expect<T> {
    Expect { what: what.into(), actual }
}

impl<T: Debug> Expect<T> {
    /// It equals this.
    pub fn is<U: Debug>(self, expected: U) -> Verdict
    where
        T: PartialEq<U>,
    {
        if self.actual == expected {
            return Ok(());
        }
        let (expected, actual) = apart(&format!("{expected:?}"), &format!("{:?}", self.actual));
        Err(Stop::Failed(Failure { what: self.what, expected, actual }))
    }

    /// It differs from this.
    pub fn is_not<U: Debug>(self, other: U) -> Verdict
    where
        T: PartialEq<U>,
    {
        let shown = format!("anything but {}", shown(&other));
        self.holds(shown, |actual| *actual != other)
    }

    /// It is this, or less.
    pub fn is_at_most(self, limit: T) -> Verdict
    where
        T: PartialOrd,
    {
        let shown = format!("at most {}", shown(&limit));
        self.holds(shown, |actual| *actual <= limit)
    }

    /// It is as `requirement` says in words and `judge` in code.
    pub fn holds(self, requirement: impl Into<String>, judge: impl FnOnce(&T) -> bool) -> Verdict {
        match judge(&self.actual) {
            true => Ok(()),
            false => {
                let (expected, actual) = (requirement.into(), shown(&self.actual));
                Err(Stop::Failed(Failure { what: self.what, expected, actual }))
            }
        }
    }
}

impl<T: Debug> Expect<Option<T>> {
    /// It is there; gives it.
    pub fn is_there(self) -> Verdict<T> {
        match self.actual {
            Some(actual) => Ok(actual),
            None => Err(Stop::Failed(Failure { what: self.what, expected: "one".into(), actual: "none".into() })),
        }
    }
}

impl Expect<Duration> {
    /// It is one of the durations that are right.
    pub fn lies_in(self, span: &Span) -> Verdict {
        self.holds(span.to_string(), |actual| span.has(*actual))
    }
}

/// Two values for a report: where they differ must be seen, also when they have long begun to be the same.
fn apart(one: &str, other: &str) -> (String, String) {
    /// What is shown of what they have in common.
    const BEFORE: usize = 60;

    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let skipped = same.saturating_sub(BEFORE);
    let shortest = one.chars().count().min(other.chars().count());
    match shortest > LONGEST {
        true => (from(one, skipped), from(other, skipped)),
        false => (cut(one), cut(other)),
    }
}

fn from(text: &str, skipped: usize) -> String {
    let rest = cut(&text.chars().skip(skipped).collect::<String>());
    if skipped == 0 { rest } else { format!("…{rest}") }
}

/// How many characters of a value are shown.
const LONGEST: usize = 600;

/// A value for a report: long ones are cut, because a failure must fit a screen.
fn shown(value: &impl Debug) -> String {
    cut(&format!("{value:?}"))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}… ({} characters in all)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expectation_fails_with_what_was_wanted_and_what_came() {
        let failed = expect("provider calls", 2).is(1);
        let Err(Stop::Failed(failure)) = failed else { panic!("{failed:?}") };
        assert_eq!(failure.to_string(), "provider calls: expected 1, got 2");
        assert!(expect("n", 1).is_not(1).is_err());
        assert!(expect("n", 2).is_at_most(1).is_err());
        assert!(expect("n", None::<u8>).is_there().is_err());
    }

    #[test]
    fn long_values_are_shown_from_where_they_differ() {
        let text = |end: &str| format!("{}{end}", "same ".repeat(200));
        let Err(Stop::Failed(failure)) = expect("text", text("one")).is(text("two")) else { panic!("it passes") };
        for (shown, end) in [(failure.actual, "one\""), (failure.expected, "two\"")] {
            assert!(shown.starts_with("…same ") && shown.ends_with(end) && shown.len() < 100, "{shown}");
        }
    }

    #[test]
    fn an_expectation_that_is_met_passes() {
        assert_eq!(expect("n", 1).is(1), Ok(()));
        assert_eq!(expect("n", 1).is_not(2), Ok(()));
        assert_eq!(expect("n", 1).is_at_most(1), Ok(()));
        assert_eq!(expect("n", Some(1)).is_there(), Ok(1));
    }
}
