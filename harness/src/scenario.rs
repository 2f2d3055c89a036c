//! A scenario as one literal: identity, what must hold, who says so, what it needs, what it catches, and a body.

use std::fmt;

use futures_util::future::LocalBoxFuture;

use crate::lab::Lab;
use crate::verdict::Verdict;

/// One line of the catalogue.
#[derive(Debug)]
pub struct Scenario {
    /// Stable and never reused: `A1`, `B15`; of a regression `R17_bar_after_the_close`.
    pub id: &'static str,
    /// The catalogue's name for it: `date_anchor_prevents_stale_data`.
    pub name: &'static str,
    /// What a failure blocks.
    pub priority: Priority,
    /// What must hold, in one sentence.
    pub requirement: &'static str,
    /// The sentences of the specification that demand it, by document and anchor: `decisions.md#lock-lease`.
    pub from: &'static [&'static str],
    /// What a target must be able to do.
    pub needs: &'static [Need],
    /// The defects that it must catch, by name.
    pub catches: &'static [&'static str],
    /// Arrange, break, ask, look.
    pub run: for<'a> fn(&'a mut Lab) -> LocalBoxFuture<'a, Verdict>,
    /// The file that it stands in.
    pub file: &'static str,
}

inventory::collect!(Scenario);

/// What a failure blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Everything.
    P0,
    /// A merge.
    P1,
    /// Nothing, but it should pass.
    P2,
    /// Polish.
    P3,
}

/// A sentence of the specification, as a report cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The document: `decisions.md`.
    pub document: &'static str,
    /// The heading that it stands under: `Lock lease`.
    pub heading: &'static str,
    /// The sentence.
    pub sentence: String,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, heading, sentence } = self;
        write!(f, "{document}, {heading}: \"{sentence}\"")
    }
}

/// Something that a target must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Follow the scenario's calendar.
    Clock,
    /// Run several instances on one table.
    SeveralInstances,
    /// Start with a time zone, locale and host name of the scenario's choice.
    OwnEnvironment,
    /// Hand over the alarms that it is deployed with.
    Alarms,
    /// Empty its memory while it runs.
    DropL1,
    /// Go wrong at a place inside, when told to.
    FailPoints,
    /// Show its logs.
    Logs,
    /// Show its metrics.
    Metrics,
    /// Lose the sink of its metrics, and tell when that was noticed.
    LoseSink,
    /// Have a process to itself: memory that can be measured, and the environment that libraries look into.
    OwnProcess,
    /// Fill the table before anyone asks.
    Warm,
    /// Take the signals that an operator sends to a process, and end with an exit code.
    Signals,
    /// Be killed, with everything that it has under way.
    Kill,
}

/// The word of an ID, a priority or a need, as `list` and the reports show it.
macro_rules! words {
    ($type:ty { $($variant:ident $word:literal),+ $(,)? }) => {
        impl $type {
            /// All of them, in this order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its word in listings and reports.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words!(Priority { P0 "P0", P1 "P1", P2 "P2", P3 "P3" });
words!(Need {
    Clock "clock control",
    SeveralInstances "several instances",
    OwnEnvironment "an environment of its own",
    Alarms "a declaration of its alarms",
    DropL1 "dropping L1",
    FailPoints "fail points",
    Logs "logs",
    Metrics "metrics",
    LoseSink "losing its metrics sink",
    OwnProcess "a process of its own",
    Warm "warming",
    Signals "signals",
    Kill "being killed",
});

impl Scenario {
    /// Every scenario that is linked in, in the catalogue's order.
    pub fn all() -> Vec<&'static Scenario> {
        let mut all: Vec<_> = inventory::iter::<Scenario>().collect();
        all.sort_by_key(|scenario| scenario.place());
        all
    }

    /// The letter of its category.
    pub fn category(&self) -> char {
        self.id.chars().next().unwrap_or('?')
    }

    /// What stands before its name where both are shown: `A1`, and `R17` of each bug that issue 17 brought to light.
    pub fn label(&self) -> &'static str {
        self.id.split('_').next().unwrap_or(self.id)
    }

    /// Its number: of a regression that of the issue.
    pub fn number(&self) -> Option<u32> {
        self.label().get(1..)?.parse().ok()
    }

    /// Its name as a test: `a1_date_anchor_prevents_stale_data`.
    pub fn test_name(&self) -> String {
        format!("{}_{}", self.label().to_lowercase(), self.name)
    }

    /// Whether `--only` means it: by its ID, by its issue if it is a regression, or by its category.
    pub fn is_named(&self, word: &str) -> bool {
        let means = |name: &str| name.eq_ignore_ascii_case(word);
        means(self.id) || means(self.label()) || word.len() == 1 && means(&self.category().to_string())
    }

    fn place(&self) -> (char, u32, &'static str) {
        (self.category(), self.number().unwrap_or(u32::MAX), self.id)
    }
}

/// The ID of a scenario that stands under this label. An issue may bring several bugs to light, so a regression is
/// told from the others of its issue by its name.
pub const fn id_of(label: &'static str, label_and_name: &'static str) -> &'static str {
    match label.as_bytes() {
        [b'R', ..] => label_and_name,
        _ => label,
    }
}

/// Declares a scenario; see [`Scenario`] for the words.
///
/// ```text
/// scenario! {
///     D1 P0 "Ten concurrent requests cause one provider call"
///     from ["decisions.md#single-flight"]
///     needs [Clock]
///     catches ["no-single-flight"]
///     async fn thundering_herd(lab: &mut Lab) {
///         …
///     }
/// }
/// ```
#[macro_export]
macro_rules! scenario {
    (
        $id:ident $priority:ident $requirement:literal
        from [$($anchor:literal),+ $(,)?]
        needs [$($need:ident),* $(,)?]
        catches [$($defect:literal),+ $(,)?]
        async fn $name:ident($lab:ident: &mut Lab) { $($body:tt)* }
    ) => {
        fn $name($lab: &mut $crate::Lab) -> $crate::LocalBoxFuture<'_, $crate::Verdict> {
            Box::pin(async move {
                $($body)*
                Ok(())
            })
        }

        $crate::inventory::submit! {
            $crate::Scenario {
                id: $crate::scenario::id_of(stringify!($id), concat!(stringify!($id), "_", stringify!($name))),
                name: stringify!($name),
                priority: $crate::Priority::$priority,
                requirement: $requirement,
                from: &[$($anchor),+],
                needs: &[$($crate::Need::$need),*],
                catches: &[$($defect),+],
                run: $name,
                file: file!(),
            }
        }
    };
}
