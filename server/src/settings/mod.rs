//! Settings: read from the environment in one place, and checked as a whole before anything listens (R1, R14).

mod environment;
mod help;
mod reader;

use std::net::SocketAddr;

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

pub use self::environment::{Environment, is_setting};
pub use self::help::help;
use self::reader::Reader;
use crate::http::dashboard::Dashboard;
use crate::providers::Credential;
use crate::rules::{RuleSetting, Rules};

/// Everything that is set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The DynamoDB table.
    pub table: String,
    /// Tiingo's key.
    pub tiingo_key: Credential,
    /// Finnhub's key, if there is a fallback.
    pub finnhub_key: Option<Credential>,
    /// Where Tiingo is.
    pub tiingo_base_url: String,
    /// Where Finnhub is.
    pub finnhub_base_url: String,
    /// Tokens that may read.
    pub api_tokens: Vec<SecretString>,
    /// Tokens that may also invalidate.
    pub admin_tokens: Vec<SecretString>,
    /// The secret of HS256 tokens, if such are taken.
    pub jwt_secret: Option<SecretString>,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// How many answers memory holds.
    pub l1_entries: usize,
    /// The page that is served to people, if one is.
    pub dashboard: Option<Dashboard>,
    /// The log filter, in `tracing`'s notation.
    pub log: Targets,
    /// AWS's own variables that name an endpoint, a region and credentials; what is not set, the SDK looks for itself.
    pub aws: AwsSettings,
    /// The specification, with the durations that the settings change.
    pub rules: Rules,
}

/// What the AWS SDK is told.
#[derive(Debug, Clone, Default)]
pub struct AwsSettings {
    /// `AWS_REGION`.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL_DYNAMODB`.
    pub endpoint: Option<String>,
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, with `AWS_SESSION_TOKEN`.
    pub credentials: Option<(String, SecretString, Option<SecretString>)>,
}

/// Every fault of the settings, each with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings are not valid:{}", .0.iter().map(|fault| format!("\n  - {fault}")).collect::<String>())]
pub struct SettingsFaults(pub Vec<String>);

/// The table that is set. No default: a process that writes into a table nobody named is worse than one that stops
/// (R1, E24).
///
/// # Errors
/// What is wrong with it.
pub fn table_name(set: Option<&str>) -> Result<String, String> {
    let name = set
        .ok_or("OHLC_CACHE_TABLE is not set: name the DynamoDB table, for example OHLC_CACHE_TABLE=prod-ohlc-cache")?;
    let legal = (3..=255).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    match legal {
        true => Ok(name.into()),
        false => Err("OHLC_CACHE_TABLE is no table name (3 to 255 of a-z, A-Z, 0-9, -, _ and .), for example OHLC_CACHE_TABLE=prod-ohlc-cache".into()),
    }
}

/// The fault of a setting whose text is malformed, told by its message alone: the text may be secret (E26).
pub fn malformed(message: &str, _text: &str) -> Option<String> {
    Some(message.into())
}

/// Retries, looks, pauses and lifetimes may be none. No time for a call and no attempt at one leave nothing to be served.
pub fn may_be_zero(setting: &str) -> bool {
    !matches!(
        setting,
        "OHLC_BREAKER_THRESHOLD"
            | "OHLC_DYNAMODB_ATTEMPTS"
            | "OHLC_DYNAMODB_TIMEOUT"
            | "OHLC_METRICS_EVERY"
            | "OHLC_PROVIDER_TIMEOUT"
    )
}

/// What is wrong between settings that are good alone: a lease that ends while its holder waits for a provider, a
/// ceiling that leaves no time after one (D14, E31).
pub fn time_budget(rules: &Rules) -> Vec<String> {
    let mut faults = Vec::new();
    let provider_timeout = humantime::format_duration(rules.provider_timeout);
    if rules.lock_lease < 2 * rules.provider_timeout {
        faults.push(format!(
            "OHLC_LOCK_LEASE is too short: a lease must be at least twice OHLC_PROVIDER_TIMEOUT, which is {provider_timeout}, for example OHLC_LOCK_LEASE={}",
            humantime::format_duration(2 * rules.provider_timeout)
        ));
    }
    if rules.ceiling < rules.provider_timeout + rules.ceiling_margin {
        faults.push(format!(
            "OHLC_CEILING is too low: it must exceed OHLC_PROVIDER_TIMEOUT, which is {provider_timeout}, by at least {}",
            humantime::format_duration(rules.ceiling_margin)
        ));
    }
    faults
}

impl Settings {
    /// Reads and checks the settings.
    ///
    /// # Errors
    /// All faults at once. A secret's value is never quoted.
    pub async fn read(environment: &Environment) -> Result<Self, SettingsFaults> {
        Self::read_amended(environment, |_| {}).await
    }

    /// As [`Settings::read`], but by a specification that somebody amends. What is set is judged as it is set, by the
    /// rules as they are amended.
    ///
    /// # Errors
    /// All faults at once.
    pub async fn read_amended(
        environment: &Environment,
        amend: impl FnOnce(&mut Rules),
    ) -> Result<Self, SettingsFaults> {
        let mut as_set = Rules::default();
        let malformed = as_set.read_settings(|name| environment.get(name)).err().unwrap_or_default();
        let mut rules = as_set.clone();
        amend(&mut rules);
        let mut reader = Reader::of(environment, &rules);
        let table = reader.table();
        let tiingo_key = reader.credential("TIINGO_API_KEY");
        if environment.get("TIINGO_API_KEY").or(environment.get("TIINGO_API_KEY_FILE")).is_none() {
            reader.fault("TIINGO_API_KEY is not set: set it, or TIINGO_API_KEY_FILE, for example TIINGO_API_KEY_FILE=/run/secrets/tiingo");
        }
        let settings = Self {
            table: table.unwrap_or_default(),
            tiingo_key: tiingo_key.unwrap_or_else(|| Credential::Given(SecretString::from(""))),
            finnhub_key: reader.credential("FINNHUB_API_KEY"),
            tiingo_base_url: reader.url("TIINGO_BASE_URL", "https://api.tiingo.com"),
            finnhub_base_url: reader.url("FINNHUB_BASE_URL", "https://finnhub.io/api/v1"),
            api_tokens: reader.tokens("OHLC_API_TOKENS"),
            admin_tokens: reader.tokens("OHLC_ADMIN_TOKENS"),
            jwt_secret: reader.jwt_secret(),
            listen: reader.parsed("OHLC_LISTEN", SocketAddr::from(([127, 0, 0, 1], 8000))),
            l1_entries: reader.parsed("OHLC_L1_ENTRIES", 1_000),
            dashboard: reader.dashboard().await,
            log: reader.log(),
            aws: reader.aws(),
            rules: rules.clone(),
        };
        for (name, example) in malformed {
            reader.malformed(name, &format!("{name} does not parse: give a value like {example}"));
        }
        let (too_long, others): (Vec<_>, Vec<_>) =
            as_set.settings().into_iter().partition(|set| set.time.is_some_and(|time| time > rules.longest_time));
        if too_long.is_empty() {
            reader.faults((rules.time_budget)(&as_set));
        }
        for RuleSetting { name, example, .. } in too_long {
            reader.malformed(name, &format!("{name} is longer than any calendar: give a value like {example}"));
        }
        for RuleSetting { name, example, .. } in others.into_iter().filter(|set| set.is_zero) {
            if !(rules.may_be_zero)(name) {
                reader.malformed(name, &format!("{name} is zero, and nothing would work: give a value like {example}"));
            }
        }
        reader.key_file("TIINGO_API_KEY_FILE", Some(&settings.tiingo_key)).await;
        reader.key_file("FINNHUB_API_KEY_FILE", settings.finnhub_key.as_ref()).await;
        let faults = reader.all_faults();
        if faults.is_empty() { Ok(settings) } else { Err(SettingsFaults(faults)) }
    }
}
