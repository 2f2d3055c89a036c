//! Settings: read from the environment in one place, and checked as a whole before anything listens (R1, R14).
//!
//! An [`Environment`] is all that the server ever learns of its surroundings, so a test can give each instance its own.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

use crate::http::dashboard::Dashboard;
use crate::providers::{Credential, is_key};
use crate::rules::Rules;
use crate::telemetry;

/// Environment variables, by name.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process.
    pub fn of_process() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let variables = std::env::vars_os();
        // Text that is no UTF-8 is nothing that a setting takes; whoever sets it is told so by that setting's check.
        variables
            .map(|(name, text)| (name.to_string_lossy().into_owned(), text.to_string_lossy().into_owned()))
            .collect()
    }

    /// A variable's text; one that is set to nothing counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }
}

impl fmt::Debug for Environment {
    /// Names only: values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

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
        let mut reader = Reader { environment, rules: &rules, faults: Vec::new() };
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
        let too_long = as_set.longer_than(rules.longest_time);
        if too_long.is_empty() {
            reader.faults.extend((rules.time_budget)(&as_set));
        }
        for (name, example) in too_long {
            reader.malformed(name, &format!("{name} is longer than any calendar: give a value like {example}"));
        }
        reader.key_file("TIINGO_API_KEY_FILE", Some(&settings.tiingo_key)).await;
        reader.key_file("FINNHUB_API_KEY_FILE", settings.finnhub_key.as_ref()).await;
        match reader.faults.is_empty() {
            true => Ok(settings),
            false => Err(SettingsFaults(reader.faults)),
        }
    }
}

struct Reader<'a> {
    environment: &'a Environment,
    rules: &'a Rules,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    /// Notes that a variable's text is not what the setting takes.
    fn malformed(&mut self, name: &str, message: &str) {
        let text = self.environment.get(name).unwrap_or_default();
        self.faults.extend((self.rules.malformed)(message, text));
    }

    fn table(&mut self) -> Option<String> {
        let name = (self.rules.table_name)(self.environment.get("OHLC_CACHE_TABLE"));
        name.map_err(|fault| self.fault(fault)).ok()
    }

    fn credential(&mut self, name: &str) -> Option<Credential> {
        let file = format!("{name}_FILE");
        match (self.environment.get(name), self.environment.get(&file)) {
            (Some(_), Some(_)) => {
                self.fault(format!("{name} and {file} are both set: keep one of them"));
                None
            }
            (Some(key), None) if !is_key(key) => {
                let problem = "holds a character that no key has: copy the key again, without spaces or line breaks";
                self.malformed(name, &format!("{name} {problem}"));
                None
            }
            (Some(key), None) => Some(Credential::Given(SecretString::from(key))),
            (None, Some(path)) => Some(Credential::File(PathBuf::from(path))),
            (None, None) => None,
        }
    }

    async fn key_file(&mut self, name: &str, credential: Option<&Credential>) {
        let Some(credential) = credential else { return };
        if let Err(unreadable) = credential.read().await {
            self.fault(format!("{name}: {}", (self.rules.unreadable_key)(&unreadable)));
        }
    }

    async fn dashboard(&mut self) -> Option<Dashboard> {
        let folder = self.environment.get("OHLC_DASHBOARD_DIR")?;
        let read = Dashboard::read(Path::new(folder)).await;
        read.map_err(|unreadable| self.fault(format!("OHLC_DASHBOARD_DIR: {unreadable}"))).ok()
    }

    fn log(&mut self) -> Targets {
        telemetry::filter(self.environment.get("OHLC_LOG").unwrap_or("info")).unwrap_or_else(|_| {
            let message = "OHLC_LOG does not parse: give a filter like OHLC_LOG=info or OHLC_LOG=ohlc_server=debug";
            self.malformed("OHLC_LOG", message);
            Targets::new()
        })
    }

    fn url(&mut self, name: &str, default: &str) -> String {
        let text = self.environment.get(name).unwrap_or(default);
        let well_formed = reqwest::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !well_formed {
            self.malformed(name, &format!("{name} is not an http or https address, for example {name}={default}"));
        }
        text.into()
    }

    fn tokens(&self, name: &str) -> Vec<SecretString> {
        let text = self.environment.get(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|token| !token.is_empty()).map(SecretString::from).collect()
    }

    fn jwt_secret(&mut self) -> Option<SecretString> {
        let secret = self.environment.get("OHLC_JWT_SECRET")?;
        if secret.len() < 32 {
            self.malformed("OHLC_JWT_SECRET", "OHLC_JWT_SECRET is too short: HS256 needs at least 32 characters, for example the output of `openssl rand -hex 32`");
        }
        Some(SecretString::from(secret))
    }

    fn parsed<T: FromStr + fmt::Display>(&mut self, name: &str, default: T) -> T {
        match self.environment.get(name).map(str::parse) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(_)) => {
                self.malformed(name, &format!("{name} does not parse: give a value like {name}={default}"));
                default
            }
        }
    }

    fn aws(&mut self) -> AwsSettings {
        let text = |name: &str| self.environment.get(name).map(str::to_owned);
        let secret = |name: &str| self.environment.get(name).map(SecretString::from);
        let credentials = match (text("AWS_ACCESS_KEY_ID"), secret("AWS_SECRET_ACCESS_KEY")) {
            (Some(id), Some(key)) => Some((id, key, secret("AWS_SESSION_TOKEN"))),
            _ => None,
        };
        let region = text("AWS_REGION");
        // Without one, the SDK knows where DynamoDB is.
        let endpoint = "AWS_ENDPOINT_URL_DYNAMODB";
        let endpoint = self.environment.get(endpoint).map(|_| self.url(endpoint, "http://127.0.0.1:8001"));
        AwsSettings { region, endpoint, credentials }
    }
}

/// Every setting, for `--help`.
pub fn help() -> String {
    let mut help = String::from(HELP);
    for line in Rules::default().table() {
        if let Some(setting) = line.setting {
            help.push_str(&format!("  {setting} ({})\n      {}\n", line.decision, line.about));
        }
    }
    help
}

const HELP: &str = "\
ohlc-server: candles from memory, then DynamoDB, then Tiingo or Finnhub

  ohlc-server                            serves until SIGTERM or Ctrl-C
  ohlc-server warm [--tickers A,B,...]   fills the table with what the first visitors ask for, then ends

warm asks as visitors do who name no range (the last month), at the resolutions D, 5 and 15. Without --tickers:
AAPL, MSFT, GOOG, AMZN, TSLA, META, NVDA. Run it before the open. What the table holds already costs no provider
call. It tells of each key on standard error, and ends with 1 when one could not be warmed.

Settings come from the environment, for both:

  OHLC_CACHE_TABLE (required)
      The DynamoDB table: PK (S), SK (S), TTL on ExpiresAt.
  TIINGO_API_KEY or TIINGO_API_KEY_FILE (required)
      Tiingo's key, or the file that holds it; a file is read again when Tiingo refuses the key.
  FINNHUB_API_KEY or FINNHUB_API_KEY_FILE
      Finnhub's key. Without it there is no fallback.
  TIINGO_BASE_URL (https://api.tiingo.com), FINNHUB_BASE_URL (https://finnhub.io/api/v1)
      Where the providers are.
  OHLC_API_TOKENS, OHLC_ADMIN_TOKENS
      Bearer tokens, separated by commas: those that may read, and those that may also invalidate.
  OHLC_JWT_SECRET
      Takes HS256 tokens signed with this secret too.
  OHLC_LISTEN (127.0.0.1:8000)
      The address to listen on.
  OHLC_L1_ENTRIES (1000)
      How many answers memory holds.
  OHLC_DASHBOARD_DIR
      The folder of the built dashboard, served at /tickers/{ticker}; without it there is none. Its visitors type a token.
  OHLC_LOG (info)
      The log filter, for example ohlc_server=debug, which also tells how long each layer of a request took.
  AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and credentials
      As the AWS SDK reads them.

Decisions of the specification that a setting may change:

";
