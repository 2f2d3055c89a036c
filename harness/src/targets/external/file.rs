//! The TOML file as it is written; `harness/docs/targets.md` explains each field. What it means is for
//! [`description`](super::description).

use std::collections::BTreeMap;

use serde::Deserialize;

/// Everything that a file may say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Its name in reports.
    pub(super) name: String,
    /// How it is started.
    pub(super) start: Option<Start>,
    /// Where it runs already.
    pub(super) running: Option<Running>,
    pub(super) authentication: Option<Authentication>,
    #[serde(default)]
    pub(super) dialect: Words,
    #[serde(default)]
    pub(super) observe: Observe,
    #[serde(default)]
    pub(super) controls: BTreeMap<String, Control>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    /// Program and arguments, each with placeholders.
    pub(super) command: Vec<String>,
    /// Variables, with placeholders.
    #[serde(default)]
    pub(super) environment: BTreeMap<String, String>,
    /// It takes the contract's settings under the contract's names.
    #[serde(default)]
    pub(super) contract_settings: bool,
    /// The path that answers as soon as it serves.
    pub(super) ready: Option<String>,
    /// The field of a JSON line of its log that says where it listens.
    pub(super) address_in_log: Option<String>,
    /// The command becomes the server, and starts no other process.
    #[serde(default)]
    pub(super) own_process: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Running {
    pub(super) url: String,
    /// The path that answers as soon as it serves again.
    pub(super) ready: String,
    /// Its table.
    pub(super) table: String,
    /// Host and port at which it looks for DynamoDB.
    pub(super) dynamodb: String,
    pub(super) tiingo: String,
    pub(super) finnhub: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authentication {
    /// Whether anybody is answered, whoever it is.
    #[serde(default)]
    pub(super) nobody: bool,
    pub(super) header: Option<String>,
    /// The header's value, with the placeholder `{token}`.
    pub(super) value: Option<String>,
    /// The tokens of a server that runs already.
    pub(super) token: Option<String>,
    pub(super) admin_token: Option<String>,
}

/// Its own words, by the contract's.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Words {
    pub(super) headers: BTreeMap<String, String>,
    pub(super) sources: BTreeMap<String, String>,
    pub(super) error: BTreeMap<String, String>,
    pub(super) attributes: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Observe {
    /// The stream that its log is written to.
    pub(super) log: Option<Stream>,
    /// It shows the contract's metrics on `/metrics`.
    pub(super) metrics: bool,
    /// The file that declares its alarms.
    pub(super) alarms: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// What a test can do with it: an HTTP call, or a command.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Control {
    /// Method and path: `POST /test/clock`.
    pub(super) http: Option<String>,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Option<String>,
    pub(super) command: Option<Vec<String>>,
    /// Nothing has to be done: it is so whenever a request is answered.
    pub(super) when_answered: bool,
}
