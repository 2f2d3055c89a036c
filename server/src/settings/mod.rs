//! Settings: read from the environment in one place, and checked as a whole before anything listens.

mod environment;
mod help;
mod reader;
mod times;
mod tokens;

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

pub use self::environment::{Environment, is_setting};
pub use self::help::help;
use self::reader::Reader;
pub use self::times::{Times, time_budget};
pub use self::tokens::tokens;
use crate::http::dashboard::{Dashboard, is_inside};
use crate::policies::Policies;
use crate::policy::{Set, policy};
use crate::providers::{Account, Credential};

policy! {
    /// What a server starts with.
    SettingsPolicy "settings" {
        values {
            /// The longest time that a setting may name: the calendar ends somewhere, and what is added to the present must stay
            /// within it.
            longest_time: Duration = Duration::from_secs(36_525 * 86_400), or "any time within the calendar, which ends in the year 262142", from "decisions.md#longest-time";
        }
        functions {
            /// The table's name, given the setting.
            table_name: fn(Option<&str>) -> Result<String, String> = table_name,
                decides "as set; without one, or with one that is none, the server does not start",
                shows [(Some("prod-ohlc-cache")), (None)], from "decisions.md#table-name";
            /// Whether a variable whose text is not UTF-8 stops the start.
            must_be_text: fn(&str) -> bool = is_setting, decides "if it is a setting, ours or AWS's; others are not read",
                shows [("OHLC_LISTEN"), ("LS_COLORS")], from "decisions.md#must-be-text";
            /// Whether a fault of a setting may quote what was set.
            quotable: fn(&str) -> bool = quotable, decides "not where it may be a secret, or hold one: keys, tokens, addresses",
                shows [("OHLC_LISTEN"), ("TIINGO_API_KEY")], from "decisions.md#malformed";
            /// Whether a setting may be zero.
            may_be_zero: fn(&str) -> bool = may_be_zero,
                decides "not where nothing would work then: timeouts, attempts, sizes, what a client may send, the breaker's threshold, the pace of metrics",
                shows [("OHLC_BATCH_RETRIES"), ("OHLC_PROVIDER_TIMEOUT")], from "decisions.md#may-be-zero";
            /// Whether a file may be a part of the dashboard, given the dashboard's folder.
            may_be_served: fn(&Path, &Path) -> bool = is_inside, decides "if it lies inside of it, wherever a link leads",
                shows [("/dist".as_ref(), "/dist/assets/page.js".as_ref()), ("/dist".as_ref(), "/etc/passwd".as_ref())],
                from "decisions.md#links-in-the-dashboard";
            /// What is wrong with the tokens of two settings: each list's name and texts.
            tokens: fn([(&'static str, &[&str]); 2]) -> Vec<String> = tokens,
                decides "each has 8 characters or more, of those that a header can carry, and stands in one list alone",
                shows [([("OHLC_API_TOKENS", &["candlecheck"]), ("OHLC_ADMIN_TOKENS", &[])]), ([("OHLC_API_TOKENS", &["a"]), ("OHLC_ADMIN_TOKENS", &[])])],
                from "decisions.md#tokens-of-the-settings";
            /// What is wrong between settings that are good alone.
            time_budget: fn(&Times) -> Vec<String> = time_budget,
                decides "a lease is twice a provider's timeout; the deadline leaves its margin after one",
                shows [(&times(Duration::from_secs(30))), (&times(Duration::from_secs(7)))], from "decisions.md#time-budget";
        }
    }
}

/// Everything that is set, but for what a policy says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The DynamoDB table.
    pub table: String,
    /// Where Tiingo is, and its key.
    pub tiingo: Account,
    /// Finnhub's, if there is a fallback.
    pub finnhub: Option<Account>,
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

/// The table that is set. No default: a process that writes into a table nobody named is worse than one that stops.
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

/// Whether what was set may be shown. Keys, tokens and secrets may not, and an address may hold a password.
pub fn quotable(setting: &str) -> bool {
    !["KEY", "TOKEN", "SECRET", "URL"].iter().any(|part| setting.contains(part))
}

/// Retries, looks, pauses and lifetimes may be none. No time for a call and no attempt at one leave nothing to be served.
pub fn may_be_zero(setting: &str) -> bool {
    !matches!(
        setting,
        "OHLC_BODY_BYTES"
            | "OHLC_BODY_TIMEOUT"
            | "OHLC_BREAKER_THRESHOLD"
            | "OHLC_CONNECTIONS"
            | "OHLC_DYNAMODB_ATTEMPTS"
            | "OHLC_DYNAMODB_TIMEOUT"
            | "OHLC_HEAD_BYTES"
            | "OHLC_HEAD_TIMEOUT"
            | "OHLC_IDLE_TIMEOUT"
            | "OHLC_METRICS_EVERY"
            | "OHLC_PROVIDER_BYTES"
            | "OHLC_PROVIDER_BYTES_TOGETHER"
            | "OHLC_PROVIDER_ROWS"
            | "OHLC_PROVIDER_TIMEOUT"
    )
}

impl Settings {
    /// Reads and checks the settings, those of the policies too, as these policies decide.
    ///
    /// # Errors
    /// All faults at once. A secret's value is never quoted.
    pub async fn read(environment: &Environment, policies: &Policies) -> Result<Self, SettingsFaults> {
        let mut reader = Reader::of(environment, policies);
        let table = reader.table();
        let tiingo_key = reader.credential("TIINGO_API_KEY");
        if environment.get("TIINGO_API_KEY").or(environment.get("TIINGO_API_KEY_FILE")).is_none() {
            reader.fault("TIINGO_API_KEY is not set: set it, or TIINGO_API_KEY_FILE, for example TIINGO_API_KEY_FILE=/run/secrets/tiingo");
        }
        let finnhub_key = reader.credential("FINNHUB_API_KEY");
        let tiingo_url = reader.url("TIINGO_BASE_URL", "https://api.tiingo.com");
        let finnhub_url = reader.url("FINNHUB_BASE_URL", "https://finnhub.io/api/v1");
        let [api_tokens, admin_tokens] = reader.tokens(["OHLC_API_TOKENS", "OHLC_ADMIN_TOKENS"]);
        let settings = Self {
            table: table.unwrap_or_default(),
            tiingo: Account {
                url: tiingo_url,
                key: tiingo_key.unwrap_or_else(|| Credential::Given(SecretString::from(""))),
            },
            finnhub: finnhub_key.map(|key| Account { url: finnhub_url, key }),
            api_tokens,
            admin_tokens,
            jwt_secret: reader.jwt_secret(),
            listen: reader.parsed("OHLC_LISTEN", SocketAddr::from(([127, 0, 0, 1], 8000))),
            l1_entries: reader.parsed("OHLC_L1_ENTRIES", 1_000),
            dashboard: reader.dashboard().await,
            log: reader.log(),
            aws: reader.aws(),
        };
        check(&mut reader, environment, &policies.settings);
        reader.key_file("TIINGO_API_KEY_FILE", Some(&settings.tiingo)).await;
        reader.key_file("FINNHUB_API_KEY_FILE", settings.finnhub.as_ref()).await;
        let faults = reader.all_faults();
        if faults.is_empty() { Ok(settings) } else { Err(SettingsFaults(faults)) }
    }
}

/// Checks what the environment says of the policies: as it is set, whatever they are by then.
fn check(reader: &mut Reader<'_>, environment: &Environment, policy: &SettingsPolicy) {
    let set = Policies::settings(environment);
    for setting in set.iter().filter(|setting| setting.set == Set::Malformed) {
        reader.malformed(
            setting.name,
            &format!("{} does not parse: give a value like {}", setting.name, setting.example),
        );
    }
    let too_long = |set: Set| matches!(set, Set::To { time: Some(time), .. } if time > policy.longest_time);
    if !set.iter().any(|setting| too_long(setting.set)) {
        reader.faults((policy.time_budget)(&Times::of(&Policies::read(environment))));
    }
    for setting in set.iter().filter(|setting| too_long(setting.set)) {
        let message = format!("{} is longer than any calendar: give a value like {}", setting.name, setting.example);
        reader.malformed(setting.name, &message);
    }
    for setting in set.iter().filter(|setting| matches!(setting.set, Set::To { zero: true, .. })) {
        if !(policy.may_be_zero)(setting.name) {
            let message =
                format!("{} is zero, and nothing would work: give a value like {}", setting.name, setting.example);
            reader.malformed(setting.name, &message);
        }
    }
}
