//! What a file means.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;

use super::control::{Control, Invocation};
use super::file::{Running, Stream};
use super::template::{Template, Values};
use crate::capability::Need;
use crate::dialect::Dialect;

/// Placeholders for the contract's settings that every lab sets.
pub(super) const ALIASES: [(&str, &str); 11] = [
    ("table", "OHLC_CACHE_TABLE"),
    ("dynamodb_url", "AWS_ENDPOINT_URL_DYNAMODB"),
    ("region", "AWS_REGION"),
    ("access_key", "AWS_ACCESS_KEY_ID"),
    ("secret_key", "AWS_SECRET_ACCESS_KEY"),
    ("tiingo_url", "TIINGO_BASE_URL"),
    ("tiingo_key", "TIINGO_API_KEY"),
    ("finnhub_url", "FINNHUB_BASE_URL"),
    ("finnhub_key", "FINNHUB_API_KEY"),
    ("token", "OHLC_API_TOKENS"),
    ("admin_token", "OHLC_ADMIN_TOKENS"),
];
/// A server that is not ours, as its file describes it.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) name: String,
    pub(super) way: Way,
    pub(super) dialect: Arc<Dialect>,
    pub(super) log: Option<Stream>,
    pub(super) alarms: Option<String>,
    pub(super) controls: BTreeMap<String, Control>,
    pub(super) can: Vec<Need>,
}

/// How one gets at it.
#[derive(Debug)]
pub(super) enum Way {
    /// It is started, an instance each time.
    Start(Start),
    /// It runs, and is there once.
    Running(Running),
}

#[derive(Debug)]
pub(super) struct Start {
    pub(super) invocation: Invocation,
    pub(super) environment: BTreeMap<String, Template>,
    pub(super) contract_settings: bool,
    pub(super) ready: Ready,
}

#[derive(Debug)]
pub(super) enum Ready {
    /// It answers this path.
    Path(String),
    /// It logs a JSON line with its address in this field.
    Log(String),
}

impl Start {
    /// Whether it can be told this setting of the contract.
    pub(super) fn takes(&self, setting: &str) -> bool {
        let asks = |name: &str| name == setting || ALIASES.contains(&(name, setting));
        self.contract_settings || self.templates().any(|template| template.placeholders().any(asks))
    }

    /// Its own variables that stand for a setting of the contract alone, by their names.
    pub(super) fn own_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.environment.iter().filter_map(|(own, template)| Some((own.as_str(), setting_of(template.alone()?))))
    }

    pub(super) fn asks_for(&self, names: &[&str]) -> bool {
        let asked = |name: &str| names.contains(&name) || names.contains(&setting_of(name));
        self.templates().any(|template| template.placeholders().any(asked))
    }

    fn templates(&self) -> impl Iterator<Item = &Template> {
        self.invocation.arguments.iter().chain(self.environment.values())
    }
}

/// Whether a variable is a setting of the contract, which a server has to know to take it.
pub(super) fn is_setting(variable: &str) -> bool {
    ["OHLC_", "TIINGO_", "FINNHUB_", "AWS_"].iter().any(|prefix| variable.starts_with(prefix))
}

/// The settings of an environment, with the shorter names that some of them have. What is no UTF-8 has no place in a
/// file's templates.
pub(super) fn settings(environment: &BTreeMap<String, OsString>) -> Values {
    let texts = environment.iter().filter_map(|(name, value)| Some((name.clone(), value.to_str()?.to_owned())));
    let mut values: Values = texts.collect();
    for (alias, setting) in ALIASES {
        if let Some(value) = values.get(setting).cloned() {
            values.insert(alias.to_owned(), value);
        }
    }
    values
}

fn setting_of(placeholder: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == placeholder).map_or(placeholder, |(_, setting)| setting)
}
