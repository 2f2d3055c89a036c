//! An operation of the battery as one literal: a name, what it shows, and the calls that show it.

use serde_json::Value;

use crate::faults::ErrorAnswer;

/// One line of the battery.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Stable, unique, in kebab case: `query-reversed`.
    pub name: &'static str,
    /// What it shows, in one sentence.
    pub about: &'static str,
    /// What is special about it.
    pub manners: &'static [Manner],
    /// Its calls, in order.
    pub steps: fn() -> Vec<Step>,
}

/// What can be special about an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Numbers are compared letter by letter, instead of by what they are worth.
    ToTheLetter,
    /// Only fields and types are compared, because values are not promised.
    ShapeAlone,
    /// Refusals are compared, but not for which errors they are.
    AnyError,
    /// The headers that a client relies on are compared, too.
    Headers,
    /// It has a table to itself, because it is about a table as a whole.
    AwsTable,
}

/// One step of an operation.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it is there for.
    pub purpose: Purpose,
    /// What is asked.
    pub call: Call,
    /// What the fault proxy answers in the left side's place, where that is to be held against a genuine refusal.
    pub forged: Option<fn() -> ErrorAnswer>,
}

/// What a step is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The starting point. When both sides refuse it, the operation shows nothing.
    Given,
    /// The question.
    Asked,
    /// The question, asked again with each LastEvaluatedKey until there is none.
    Paged,
}

/// One call, with placeholders for what each side has its own of: `<table>`, and `<pk>`, a partition of the operation.
#[derive(Debug, Clone)]
pub struct Call {
    /// In DynamoDB's own words: `Query`.
    pub operation: &'static str,
    /// The body as it goes over the wire, but for the placeholders.
    pub body: String,
}

impl Call {
    /// A call with this body, about the run's table unless it names another or is about none.
    pub fn new(operation: &'static str, mut body: Value) -> Self {
        let about_a_table = !["Batch", "List", "Transact"].iter().any(|kind| operation.starts_with(kind));
        if let Some(fields) = body.as_object_mut().filter(|_| about_a_table) {
            fields.entry("TableName").or_insert_with(|| "<table>".into());
        }
        Self { operation, body: body.to_string() }
    }

    /// A call whose body is sent as it stands, JSON or not.
    pub fn raw(operation: &'static str, body: &str) -> Self {
        Self { operation, body: body.to_owned() }
    }
}

impl Step {
    pub(crate) fn given(call: Call) -> Self {
        Self { purpose: Purpose::Given, call, forged: None }
    }

    pub(crate) fn asked(call: Call) -> Self {
        Self { purpose: Purpose::Asked, call, forged: None }
    }

    pub(crate) fn paged(call: Call) -> Self {
        Self { purpose: Purpose::Paged, call, forged: None }
    }

    pub(crate) fn forged(call: Call, fault: fn() -> ErrorAnswer) -> Self {
        Self { purpose: Purpose::Asked, call, forged: Some(fault) }
    }
}

impl Operation {
    /// The partition that it has to itself.
    pub fn partition(&self) -> String {
        format!("fidelity#{}", self.name)
    }

    /// Whether this is special about it.
    pub fn is(&self, manner: Manner) -> bool {
        self.manners.contains(&manner)
    }
}

/// Declares an operation; see [`Operation`] for the words.
///
/// ```text
/// operation! { "query-reversed" "ScanIndexForward false turns the order around"
///     given candles(3);
///     Query {
///         "KeyConditionExpression": "PK = :pk",
///         "ExpressionAttributeValues": {":pk": {"S": "<pk>"}},
///         "ScanIndexForward": false,
///     }
/// }
/// ```
///
/// `given` takes calls that make the starting point, `ask` one that is no literal, `pages` before a literal reads on
/// until the last page. `forged throttled for` before a literal puts what the fault proxy answers in the left side's place.
/// Manners stand in brackets behind the sentence.
macro_rules! operation {
    ($name:literal $about:literal [$($manner:ident),+] $($steps:tt)+) => {
        $crate::fidelity::operation::Operation {
            name: $name,
            about: $about,
            manners: &[$($crate::fidelity::operation::Manner::$manner),+],
            steps: || {
                let mut steps = Vec::new();
                $crate::fidelity::operation::operation!(@steps steps $($steps)+);
                steps
            },
        }
    };
    ($name:literal $about:literal $($steps:tt)+) => {
        $crate::fidelity::operation::Operation {
            name: $name,
            about: $about,
            manners: &[],
            steps: || {
                let mut steps = Vec::new();
                $crate::fidelity::operation::operation!(@steps steps $($steps)+);
                steps
            },
        }
    };
    (@steps $steps:ident) => {};
    (@steps $steps:ident given $calls:expr; $($rest:tt)*) => {
        $steps.extend($calls.into_iter().map($crate::fidelity::operation::Step::given));
        $crate::fidelity::operation::operation!(@steps $steps $($rest)*)
    };
    (@steps $steps:ident ask $call:expr; $($rest:tt)*) => {
        $steps.extend([$crate::fidelity::operation::Step::asked($call)]);
        $crate::fidelity::operation::operation!(@steps $steps $($rest)*)
    };
    (@steps $steps:ident pages $operation:ident { $($body:tt)* } $($rest:tt)*) => {
        let call = $crate::fidelity::operation::Call::new(stringify!($operation), serde_json::json!({ $($body)* }));
        $steps.extend([$crate::fidelity::operation::Step::paged(call)]);
        $crate::fidelity::operation::operation!(@steps $steps $($rest)*)
    };
    (@steps $steps:ident forged $fault:ident for $operation:ident { $($body:tt)* } $($rest:tt)*) => {
        let call = $crate::fidelity::operation::Call::new(stringify!($operation), serde_json::json!({ $($body)* }));
        $steps.extend([$crate::fidelity::operation::Step::forged(call, $crate::faults::ErrorAnswer::$fault)]);
        $crate::fidelity::operation::operation!(@steps $steps $($rest)*)
    };
    (@steps $steps:ident $operation:ident { $($body:tt)* } $($rest:tt)*) => {
        let call = $crate::fidelity::operation::Call::new(stringify!($operation), serde_json::json!({ $($body)* }));
        $steps.extend([$crate::fidelity::operation::Step::asked(call)]);
        $crate::fidelity::operation::operation!(@steps $steps $($rest)*)
    };
}

pub(crate) use operation;
